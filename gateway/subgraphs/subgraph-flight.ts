// One request on its way to a subgraph, and everybody who waits for its answer. The wire calls it directly: no stream,
// no promise in between.
import type { Ending } from '../graphql/operation-scope.ts'
import type { WireAsk, WireFailure, WireReceiver } from './wire/subgraph-wire.ts'

/** What came back, as it came. */
export interface RawAnswer {
  status: number
  text: string
}

interface Waiter<Answer> {
  patience: Patience
  resolve: (answer: Answer) => void
  reject: (reason: unknown) => void
  leave: () => void
}

/** How long one who waits does. */
export interface Patience {
  /** In milliseconds since the epoch. */
  deadlineMs: number
  /** Aborts at the deadline, or before. */
  signal: Ending
}

export interface FlightPlan<Answer> {
  /** Whose answer it is; null: anybody's. */
  accessToken: string | null
  /** Sends the request, with the flight as the receiver; a second time, `isFresh`, after a connection was lost. */
  send: (isFresh: boolean) => WireAsk
  /** Whether a connection lost before any answer lets it be sent once more. */
  isRepeatable: boolean
  /** Makes an answer for one waiter; throws when what came is none. Each waiter gets one of its own. */
  read: (raw: RawAnswer) => Answer
  /** What a waiter is told: called once for each that gets no answer. */
  explain: (end: FailedEnd) => Error
  /** Called once, when it is over for everybody. */
  onEnd: (end: FlightEnd) => void
}

/** `left` by a waiter (at the end of all, by the last one), or failed with what the wire said or `read` threw. */
export type FailedEnd = { kind: 'left'; by: Patience } | { kind: 'failed'; error: unknown; status: number }
export type FlightEnd = { kind: 'answered' } | FailedEnd

/** Ends for one waiter when its signal aborts, and for good when the last has left: then its connection is let go of. */
export class SubgraphFlight<Answer> implements WireReceiver {
  readonly startedAt = performance.now()
  readonly accessToken: string | null
  readonly #plan: FlightPlan<Answer>
  readonly #waiters: Waiter<Answer>[] = []
  #isOver = false
  #isSentAgain = false
  #ask: WireAsk | null = null

  constructor(plan: FlightPlan<Answer>) {
    this.#plan = plan
    this.accessToken = plan.accessToken
  }

  /** Waits for the answer. The signal must not have aborted yet. */
  join(patience: Patience): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#leave(waiter)
      }
      const waiter: Waiter<Answer> = { patience, resolve, reject, leave }
      this.#waiters.push(waiter)
      patience.signal.addEventListener('abort', leave)
    })
  }

  /** Sends it. Who waits has joined before: nobody to answer to is what ends it. */
  send(): void {
    this.#ask = this.#plan.send(false)
  }

  #leave(waiter: Waiter<Answer>): void {
    const place = this.#waiters.indexOf(waiter)
    if (place === -1) return
    this.#waiters.splice(place, 1)
    const end: FailedEnd = { kind: 'left', by: waiter.patience }
    waiter.reject(this.#plan.explain(end))
    if (this.#waiters.length > 0) return
    this.#end(end)
    this.#ask?.abort()
  }

  #end(end: FlightEnd): Waiter<Answer>[] {
    this.#isOver = true
    const waiters = this.#waiters.splice(0)
    for (const { patience, leave } of waiters) patience.signal.removeEventListener('abort', leave)
    this.#plan.onEnd(end)
    return waiters
  }

  #fail(error: unknown, status: number): void {
    const end: FailedEnd = { kind: 'failed', error, status }
    for (const { reject } of this.#end(end)) reject(this.#plan.explain(end))
  }

  onAnswer(status: number, text: string): void {
    if (this.#isOver) return
    const raw = { status, text }
    let answer: Answer | null
    try {
      answer = this.#plan.read(raw)
    } catch (error) {
      this.#fail(error, status)
      return
    }
    for (const { resolve } of this.#end({ kind: 'answered' })) {
      resolve(answer ?? this.#plan.read(raw))
      answer = null
    }
  }

  onFailed({ error, status, isLost }: WireFailure): void {
    if (this.#isOver) return
    if (!isLost || !this.#plan.isRepeatable || this.#isSentAgain) {
      this.#fail(error, status)
      return
    }
    // The subgraph closed an idle connection just as it was used.
    this.#isSentAgain = true
    this.#ask = this.#plan.send(true)
  }
}
