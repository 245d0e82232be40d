export type ChargeStatus = 'NONE' | 'PARTIAL' | 'FULL' | 'OVERCHARGED'

/** What one payment transaction comes to so far. */
export interface Charge {
  chargedMinor: bigint
  refundedMinor: bigint
}

/**
 * What is paid, net of refunds. A till's tenders count from the sale on, before payments has told that it booked them,
 * and are not counted twice afterwards.
 */
export function paidMinor(tenderedMinor: bigint, charges: readonly Charge[]): bigint {
  let charged = 0n
  let refunded = 0n
  for (const charge of charges) {
    charged += charge.chargedMinor
    refunded += charge.refundedMinor
  }
  return (charged > tenderedMinor ? charged : tenderedMinor) - refunded
}

/** How much of a total that pays. An order that costs nothing is paid in full by nothing. */
export function chargeStatusOf(totalMinor: bigint, paid: bigint): ChargeStatus {
  if (paid > totalMinor) return 'OVERCHARGED'
  if (paid === totalMinor) return 'FULL'
  return paid > 0n ? 'PARTIAL' : 'NONE'
}
