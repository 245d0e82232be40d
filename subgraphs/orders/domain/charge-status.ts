export type ChargeStatus = 'NONE' | 'PARTIAL' | 'FULL' | 'OVERCHARGED'
export type AuthorizeStatus = 'NONE' | 'PARTIAL' | 'FULL'

/** What one payment transaction comes to so far. */
export interface Charge {
  /** Allowed by the bank and not yet taken or released. */
  authorizedMinor: bigint
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

/** What is paid or can be taken at any time: enough of it, and the goods are the customer's. */
export function coveredMinor(tenderedMinor: bigint, charges: readonly Charge[]): bigint {
  return charges.reduce((sum, charge) => sum + charge.authorizedMinor, paidMinor(tenderedMinor, charges))
}

/** How much of a total that pays. An order that costs nothing is paid in full by nothing. */
export function chargeStatusOf(totalMinor: bigint, paid: bigint): ChargeStatus {
  if (paid > totalMinor) return 'OVERCHARGED'
  if (paid === totalMinor) return 'FULL'
  return paid > 0n ? 'PARTIAL' : 'NONE'
}

/** How much of a total is charged or authorised. */
export function authorizeStatusOf(totalMinor: bigint, covered: bigint): AuthorizeStatus {
  if (covered >= totalMinor) return 'FULL'
  return covered > 0n ? 'PARTIAL' : 'NONE'
}
