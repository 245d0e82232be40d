import type { Caller } from '../http/caller.ts'

/** The part of an `AbortSignal` that is used here; one of its own costs a fifth of a whole one with its listeners. */
export interface Ending {
  readonly aborted: boolean
  addEventListener(event: 'abort', listener: () => void): void
  removeEventListener(event: 'abort', listener: () => void): void
}

/** What one operation carries to every subgraph it asks. */
export interface OperationScope extends Caller {
  /** When the operation's time is over, in milliseconds since the epoch. */
  deadlineMs: number
  /** Aborts at the deadline, and when nobody waits for a query any more. */
  signal: Ending
  /**
   * On `performance.now()`'s clock: no answer that was asked for earlier than this will do. For who remembers answers:
   * what was under way when an entry was purged may be from before the change.
   */
  askedSince?: number
}

export interface OpenScope extends OperationScope {
  abort(): void
  /** To be called when the operation is over. */
  end(): void
}

class OperationEnding implements Ending {
  aborted = false
  readonly #listeners: (() => void)[] = []

  addEventListener(_event: 'abort', listener: () => void): void {
    this.#listeners.push(listener)
  }

  removeEventListener(_event: 'abort', listener: () => void): void {
    const place = this.#listeners.indexOf(listener)
    if (place !== -1) this.#listeners.splice(place, 1)
  }

  abort(): void {
    if (this.aborted) return
    this.aborted = true
    for (const listener of this.#listeners.splice(0)) listener()
  }
}

/** Opens the scope of one operation, whose time begins now. */
export function openScope(caller: Caller, timeoutMs: number): OpenScope {
  const signal = new OperationEnding()
  const abort = () => {
    signal.abort()
  }
  const timer = setTimeout(abort, timeoutMs)
  const { requestId, traceparent, clientIp, accessToken } = caller
  return {
    ...{ requestId, traceparent, clientIp, accessToken, signal, abort },
    deadlineMs: Date.now() + timeoutMs,
    end: () => {
      clearTimeout(timer)
    },
  }
}
