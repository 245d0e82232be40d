/** Stripe may forget an idempotency key after a day: later the same key could do its work a second time. */
const keyLifeMs = 23 * 60 * 60_000

export function isKeyForgotten(begunAt: Date, now: Date): boolean {
  return now.getTime() - begunAt.getTime() > keyLifeMs
}
