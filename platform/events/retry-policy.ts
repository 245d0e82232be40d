/** When an event that could not be handled is tried again. */
export interface RetryPolicy {
  firstMs: number
  factor: number
  maxMs: number
  /** Handler runs in all before the event becomes a dead letter. */
  tries: number
  /** How often an event may be put aside (`NotYet`) before it becomes a dead letter. */
  postponements: number
}

/** 50 ms, 200 ms, 0.8 s, 3.2 s, 12.8 s, then the dead letters; put aside for about half an hour at most. */
export const defaultRetry: RetryPolicy = {
  firstMs: 50,
  factor: 4,
  maxMs: 30_000,
  tries: 6,
  postponements: 60,
}

/** The pause after failure `n` (1, 2, 3 …). */
export function backOffMs(policy: RetryPolicy, n: number): number {
  return Math.min(policy.maxMs, Math.round(policy.firstMs * policy.factor ** (n - 1)))
}
