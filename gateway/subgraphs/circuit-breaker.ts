// Stops asking a subgraph that does not answer, so that the rest of every answer comes at once instead of at its
// deadline. A pure state machine: the clock is given, nothing is timed here.

/**
 * - `answered`: it said something, whatever it was;
 * - `failed`: nobody there, too late, or not an answer at all;
 * - `abandoned`: nobody waited for the answer any more, which says nothing about the subgraph.
 */
export type AskOutcome = 'answered' | 'failed' | 'abandoned'

export type BreakerState = 'closed' | 'open' | 'half-open'

export interface CircuitBreaker {
  readonly state: BreakerState
  /** A ticket to ask with, to be settled once; null when nothing is to be asked now. */
  admit(): number | null
  /** Says what became of an ask. What was asked before the last change of state no longer counts. */
  settle(ticket: number, outcome: AskOutcome): void
}

const bucketMs = 1_000
const bucketCount = 10
/** Fewer than these say too little. */
const leastAsks = 20
const failedShare = 0.5
/** From the first closed door to the next try; doubled with every try that fails. */
const firstWaitMs = 1_000
const longestWaitMs = 10_000

/**
 * Opens when at least half of at least 20 asks of the last 10 s failed; lets one ask through after 1 s, then after 2, 4,
 * 8 and 10 s; closes as soon as one was answered. `now` is in milliseconds and never goes back.
 */
export function createCircuitBreaker(options: {
  now: () => number
  onChange?: (state: BreakerState, before: BreakerState) => void
}): CircuitBreaker {
  const { now } = options
  let state: BreakerState = 'closed'
  // A ticket is the number of the state it was given in.
  let era = 0
  let waitMs = firstWaitMs
  let openUntil = 0
  // One slot per second, reused in a circle; `second` says which one a slot holds.
  const slots = Array.from({ length: bucketCount }, () => ({ second: -1, asks: 0, failures: 0 }))

  function become(next: BreakerState): void {
    const before = state
    state = next
    era += 1
    if (next === 'closed') {
      waitMs = firstWaitMs
      for (const slot of slots) slot.asks = slot.failures = 0
    }
    options.onChange?.(next, before)
  }

  function open(): void {
    openUntil = now() + waitMs
    become('open')
  }

  function count(isFailure: boolean): void {
    const second = Math.floor(now() / bucketMs)
    const slot = slots[second % bucketCount]
    if (!slot) return
    if (slot.second !== second) {
      slot.second = second
      slot.asks = 0
      slot.failures = 0
    }
    slot.asks += 1
    if (!isFailure) return
    slot.failures += 1
    let asks = 0
    let failures = 0
    for (const kept of slots) {
      if (kept.second <= second - bucketCount) continue
      asks += kept.asks
      failures += kept.failures
    }
    if (asks >= leastAsks && failures >= asks * failedShare) open()
  }

  return {
    get state() {
      return state
    },
    admit: () => {
      if (state === 'closed') return era
      // Half-open, the one ask that tries it is under way.
      if (state === 'half-open' || now() < openUntil) return null
      become('half-open')
      return era
    },
    settle: (ticket, outcome) => {
      if (ticket !== era) return
      if (state === 'closed') {
        if (outcome !== 'abandoned') count(outcome === 'failed')
      } else if (outcome === 'answered') {
        become('closed')
      } else if (outcome === 'failed') {
        waitMs = Math.min(waitMs * 2, longestWaitMs)
        open()
      } else {
        // The try was given up before it said anything: the next ask is the try. `openUntil` is over already.
        become('open')
      }
    },
  }
}
