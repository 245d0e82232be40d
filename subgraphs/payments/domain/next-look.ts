/**
 * When to ask the provider again how an open attempt stands: after `pollAfterMs` at first, then ever more seldom, always
 * a quarter of its age. A shopper who is typing costs little, and a lost webhook is found soon.
 */
export function nextLook(now: Date, createdAt: Date, pollAfterMs: number): Date {
  const ageMs = now.getTime() - createdAt.getTime()
  return new Date(now.getTime() + Math.max(pollAfterMs, Math.floor(ageMs / 4)))
}

/** When to try again what the provider did not answer: 1, 2, 4 … seconds, at most five minutes. */
export function nextTry(now: Date, attempts: number): Date {
  return new Date(now.getTime() + Math.min(1_000 * 2 ** Math.min(attempts, 10), 300_000))
}

/** When to give money back anew after so many refunds of it failed: a minute, 4, 16 … at most six hours later. */
export function nextRefund(now: Date, tries: number): Date {
  return new Date(now.getTime() + Math.min(60_000 * 4 ** Math.min(tries, 8), 21_600_000))
}

/** After so many refunds of the same money failed only a person can help. */
export const mostRefundTries = 8
