import type { Caller } from '../http/caller.ts'

/** What one operation carries to every subgraph it asks. */
export interface OperationScope extends Caller {
  /** When the operation's time is over, in milliseconds since the epoch. */
  deadlineMs: number
  /** Aborts at the deadline, and when nobody waits for a query any more. */
  signal: AbortSignal
}
