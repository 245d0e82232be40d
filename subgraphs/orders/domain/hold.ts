const dayMs = 86_400_000

export type HoldDecision =
  | { kind: 'Stays' }
  /** Until when; the same moment as before when that was late enough already. */
  | { kind: 'Extended'; expiresAt: Date }

/**
 * How long the goods of an order are held when a payment begins. Once per order, a payment online gives the time of a hold
 * again, counted from now. A bank transfer gives its days counted from the order, so that starting it again gives nothing
 * more. A hold never gets shorter, and one that has ended stays ended.
 */
export function decideHold(order: {
  expiresAt: Date | null
  holdExtendedAt: Date | null
  placedAt: Date
  now: Date
  reservationMs: number
  /** Null for a payment online, and where no transfers are taken. */
  bankTransferDays: number | null
}): HoldDecision {
  const { expiresAt, now } = order
  if (expiresAt === null || expiresAt <= now) return { kind: 'Stays' }
  const until =
    order.bankTransferDays !== null
      ? order.placedAt.getTime() + order.bankTransferDays * dayMs
      : order.holdExtendedAt === null
        ? now.getTime() + order.reservationMs
        : 0
  if (until <= expiresAt.getTime()) {
    return order.holdExtendedAt === null ? { kind: 'Extended', expiresAt } : { kind: 'Stays' }
  }
  return { kind: 'Extended', expiresAt: new Date(until) }
}
