// How fast a provider may be asked. Its limits are per account and per endpoint and second; whoever asks faster is
// refused, and worse, keeps others from being answered.

/** Who waits for the answer: a shopper looks at the page, the background has time. */
export type Lane = 'shopper' | 'background'

/** Time that only goes forward, and a call when some of it has passed. */
export interface Pulse {
  now(): number
  after(ms: number, run: () => void): void
}

export interface PacerOptions {
  perSecond: number
  perEndpoint: number
  /** More than so many in a lane are told at once that there is no room. */
  mostWaiting: number
  /** Nobody waits longer than this for a turn. */
  mostWaitMs: Record<Lane, number>
  pulse: Pulse
}

export interface RequestPacer {
  /** Resolves to true when the request may go out, to false when there is no room for it. */
  turn(endpoint: string, lane: Lane): Promise<boolean>
  /** The provider said that it was too much: nobody asks for so long. */
  pause(ms: number): void
}

interface Waiter {
  endpoint: string
  until: number
  answer: (isIts: boolean) => void
}

const second = 1_000
/** While both lanes wait every tenth turn is the background's: it gives way, and is not starved. */
const turnsInARow = 9

/**
 * A bucket of tokens for the account and one for each endpoint. A token comes back a second after it was taken, so that
 * no second, wherever it begins, sees more than the limit.
 */
export function createRequestPacer(options: PacerOptions): RequestPacer {
  const { pulse, mostWaiting, mostWaitMs } = options
  const account = createBucket(options.perSecond)
  const endpoints = new Map<string, Bucket>()
  const waiting: Record<Lane, Waiter[]> = { shopper: [], background: [] }
  let pausedUntil = 0
  let shoppersInARow = 0
  let wakesAt = Infinity

  function bucketOf(endpoint: string): Bucket {
    const known = endpoints.get(endpoint)
    if (known) return known
    const made = createBucket(options.perEndpoint)
    endpoints.set(endpoint, made)
    return made
  }

  /** The first of the lane whose endpoint has a token left. */
  function takeFrom(lane: Lane, now: number): Waiter | null {
    const index = waiting[lane].findIndex(({ endpoint }) => bucketOf(endpoint).freeAt(now) <= now)
    return index === -1 ? null : (waiting[lane].splice(index, 1)[0] ?? null)
  }

  function next(now: number): Waiter | null {
    const isBackgroundsTurn = shoppersInARow >= turnsInARow
    const order: Lane[] = isBackgroundsTurn ? ['background', 'shopper'] : ['shopper', 'background']
    for (const lane of order) {
      const waiter = takeFrom(lane, now)
      if (!waiter) continue
      const isInARow = lane === 'shopper' && waiting.background.length > 0
      shoppersInARow = isInARow ? shoppersInARow + 1 : 0
      return waiter
    }
    return null
  }

  function giveTurns(): void {
    const now = pulse.now()
    turnAway(now)
    while (now >= pausedUntil && account.freeAt(now) <= now) {
      const waiter = next(now)
      if (!waiter) break
      account.take(now)
      bucketOf(waiter.endpoint).take(now)
      waiter.answer(true)
    }
    wakeWhenNeeded(now)
  }

  function turnAway(now: number): void {
    for (const lane of ['shopper', 'background'] as const) {
      for (const waiter of waiting[lane].filter(({ until }) => until <= now)) waiter.answer(false)
      waiting[lane] = waiting[lane].filter(({ until }) => until > now)
    }
  }

  function wakeWhenNeeded(now: number): void {
    const all = [...waiting.shopper, ...waiting.background]
    if (all.length === 0) return
    const free = Math.min(...all.map(({ endpoint }) => bucketOf(endpoint).freeAt(now)))
    const impatient = Math.min(...all.map(({ until }) => until))
    const at = Math.min(Math.max(pausedUntil, account.freeAt(now), free), impatient)
    if (at >= wakesAt) return
    wakesAt = at
    pulse.after(Math.max(at - now, 1), () => {
      wakesAt = Infinity
      giveTurns()
    })
  }

  return {
    turn: (endpoint, lane) => {
      const queue = waiting[lane]
      if (queue.length >= mostWaiting) return Promise.resolve(false)
      return new Promise((answer) => {
        queue.push({ endpoint, until: pulse.now() + mostWaitMs[lane], answer })
        giveTurns()
      })
    },
    pause: (ms) => {
      pausedUntil = Math.max(pausedUntil, pulse.now() + ms)
    },
  }
}

interface Bucket {
  /** When a token is there: now, or when the oldest of those taken comes back. */
  freeAt(now: number): number
  take(now: number): void
}

function createBucket(size: number): Bucket {
  const taken: number[] = []
  return {
    freeAt: (now) => {
      while (taken[0] !== undefined && taken[0] + second <= now) taken.shift()
      return taken.length < size ? now : (taken[0] ?? now) + second
    },
    take: (now) => {
      taken.push(now)
    },
  }
}
