/**
 * What goes back for `pieces` of a line of `quantity` that cost `paidMinor` in all, when `before` pieces went back
 * already. A line of 3 for 100 is 33, 33 and 34: whatever the parts and their order, they add up to what was paid.
 */
export function refundShare(line: {
  paidMinor: bigint
  quantity: number
  before: number
  pieces: number
}): bigint {
  const upTo = (pieces: number) => (line.paidMinor * BigInt(pieces)) / BigInt(line.quantity)
  return upTo(line.before + line.pieces) - upTo(line.before)
}

/** What was paid for all pieces of a line: without its discounts, with the tax on top where prices exclude it. */
export function paidForLine(
  line: { totalMinor: bigint; discountMinor: bigint; taxMinor: bigint },
  taxIncluded: boolean,
): bigint {
  return line.totalMinor - line.discountMinor + (taxIncluded ? 0n : line.taxMinor)
}
