import { createHmac } from 'node:crypto'
import type { Cache } from '#platform/cache/cache.ts'
import type { Logger } from '#platform/log/logger.ts'
import type { Clock } from '#platform/time/clock.ts'

const forgetAfterMs = 3_600_000
const longestDelayMs = 15 * 60_000

/** Tries without delay. From an address there are more: whole offices and mobile networks share one. */
const free = { account: 5, address: 100 } as const
const lettersPer10Minutes = 3

export interface Attempt {
  /** The account's key, whether there is such an account or not. */
  account: string
  /** The client's network address; null when it is not known. */
  address: string | null
}

export interface Throttle {
  /** 0 when this try may go on, else the seconds until the next one may. */
  admit(attempt: Attempt): Promise<number>
  failed(attempt: Attempt): Promise<void>
  succeeded(attempt: Attempt): Promise<void>
  /** Whether one more letter may be mailed there just because somebody typed the address. */
  admitLetter(account: string): Promise<boolean>
}

/**
 * Slows guessing down: past the free tries each further one doubles the time to the next, up to a quarter of an hour; an
 * hour after the first it is forgotten. With the cache out of reach nobody is locked out: what is left then is the cost of
 * a password hash, and its queue.
 */
export function createThrottle(options: {
  cache: Cache
  secret: string
  clock: Clock
  log: Logger
}): Throttle {
  const { cache, secret, clock, log } = options

  // Others may look into a cache: neither mail addresses nor network addresses are in its keys.
  function keyOf(kind: 'account' | 'address' | 'letter', value: string): string {
    const digest = createHmac('sha256', secret).update(`throttle:${kind}:${value}`).digest('base64url')
    return `users:throttle:${kind}:${digest}`
  }

  const count = (key: string) => cache.increment(key, { ttlMs: forgetAfterMs })

  async function readNumber(key: string): Promise<number> {
    return Number((await cache.get(key))?.toString() ?? 0)
  }

  /**
   * 0 when the time has come and nobody else takes this turn, however many try at once: whoever saw the same end of the
   * wait competes for one place, and the winner moves that end.
   */
  async function takeTurn(key: string, tries: number, freeTries: number): Promise<number> {
    const now = clock.now().getTime()
    const notBefore = await readNumber(`${key}:until`)
    if (now < notBefore) return Math.ceil((notBefore - now) / 1000)
    const delayMs = Math.min(longestDelayMs, 1000 * 2 ** (tries - freeTries))
    const place = await cache.increment(`${key}:turn:${String(notBefore)}`, { ttlMs: delayMs })
    if (place > 1) return Math.ceil(delayMs / 1000)
    await cache.set(`${key}:until`, String(now + delayMs), { ttlMs: forgetAfterMs })
    return 0
  }

  /** Counts the try before its password is looked at, or a thousand at once would all be free. */
  async function admitToAccount(key: string): Promise<number> {
    let before = await readNumber(key)
    if (before < free.account) {
      before = (await count(key)) - 1
      if (before < free.account) return 0
    }
    const seconds = await takeTurn(key, before, free.account)
    if (seconds === 0) await count(key)
    return seconds
  }

  async function admitFromAddress(key: string): Promise<number> {
    const failures = await readNumber(key)
    return failures < free.address ? 0 : await takeTurn(key, failures, free.address)
  }

  async function orElse<T>(fallback: T, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      log.warn({ err: error }, 'The cache is out of reach: sign-ins are not slowed down')
      return fallback
    }
  }

  return {
    admit: ({ account, address }) =>
      orElse(0, async () => {
        const seconds = address === null ? 0 : await admitFromAddress(keyOf('address', address))
        return seconds > 0 ? seconds : await admitToAccount(keyOf('account', account))
      }),
    failed: ({ address }) =>
      orElse(undefined, async () => {
        if (address !== null) await count(keyOf('address', address))
      }),
    succeeded: ({ account }) =>
      orElse(undefined, () =>
        cache.delete([keyOf('account', account), `${keyOf('account', account)}:until`]),
      ),
    admitLetter: (account) =>
      orElse(true, async () => {
        const letters = await cache.increment(keyOf('letter', account), { ttlMs: 600_000 })
        return letters <= lettersPer10Minutes
      }),
  }
}
