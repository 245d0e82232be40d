export interface Refundable {
  id: string
  createdAt: Date
  /** What could still be given back. */
  refundableMinor: bigint
  /** What could still be released. */
  authorizedMinor: bigint
}

export interface RefundAllotment {
  gives: { id: string; amountMinor: bigint }[]
  /** Authorisations that are released: the money was never taken. */
  releases: string[]
  /** What nobody could be given back. */
  restMinor: bigint
}

/**
 * Spreads what the house owes over what an order was paid with: money that was taken first, the newest payment first;
 * then what was only allowed, as a whole, as far as it is owed.
 */
export function allotRefund(amountMinor: bigint, payments: readonly Refundable[]): RefundAllotment {
  const newestFirst = [...payments].sort(
    (a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1),
  )
  const allotment: RefundAllotment = { gives: [], releases: [], restMinor: amountMinor }
  for (const { id, refundableMinor } of newestFirst) {
    const part = refundableMinor < allotment.restMinor ? refundableMinor : allotment.restMinor
    if (part <= 0n) continue
    allotment.gives.push({ id, amountMinor: part })
    allotment.restMinor -= part
  }
  for (const { id, authorizedMinor } of newestFirst) {
    if (authorizedMinor <= 0n || authorizedMinor > allotment.restMinor) continue
    allotment.releases.push(id)
    allotment.restMinor -= authorizedMinor
  }
  return allotment
}
