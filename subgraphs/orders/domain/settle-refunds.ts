/**
 * Which of the refunds asked are paid by what was given back so far: they are settled in the order they were asked,
 * since providers tell sums, not which request a part of them was for.
 */
export function settledRefunds<Request extends { amountMinor: bigint }>(
  asked: readonly Request[],
  refundedMinor: bigint,
): Request[] {
  let left = refundedMinor
  return asked.filter((request) => {
    left -= request.amountMinor
    return left >= 0n
  })
}
