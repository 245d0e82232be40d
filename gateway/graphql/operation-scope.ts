import type { Caller } from '../http/caller.ts'

/** What one operation carries to every subgraph it asks. */
export interface OperationScope extends Caller {
  /** When the operation's time is over, in milliseconds since the epoch. */
  deadlineMs: number
  /** Aborts at the deadline, and when nobody waits for a query any more. */
  signal: AbortSignal
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

/** Opens the scope of one operation, whose time begins now. */
export function openScope(caller: Caller, timeoutMs: number): OpenScope {
  const controller = new AbortController()
  const timer = setTimeout(() => {
    controller.abort()
  }, timeoutMs)
  const { requestId, traceparent, clientIp, accessToken } = caller
  return {
    ...{ requestId, traceparent, clientIp, accessToken },
    deadlineMs: Date.now() + timeoutMs,
    signal: controller.signal,
    abort: () => {
      controller.abort()
    },
    end: () => {
      clearTimeout(timer)
    },
  }
}
