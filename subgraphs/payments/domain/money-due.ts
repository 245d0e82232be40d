/** The sums of one way an order is paid. */
export interface Sums {
  authorizedMinor: bigint
  chargedMinor: bigint
  refundedMinor: bigint
  chargedBackMinor: bigint
}

/** What was taken and is still with the house. */
export function keptMinor({ chargedMinor, refundedMinor, chargedBackMinor }: Sums): bigint {
  return chargedMinor - refundedMinor - chargedBackMinor
}

/** What is still to be paid: what is allowed counts as paid. Below zero when more was paid than is owed. */
export function dueMinor(totalMinor: bigint, transactions: readonly Sums[]): bigint {
  return transactions.reduce((due, sums) => due - sums.authorizedMinor - keptMinor(sums), totalMinor)
}
