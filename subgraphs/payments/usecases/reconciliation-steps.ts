/** What is compared, in this order. */
export const reconciliationSteps = [
  // What the provider lists is in our ledger.
  'provider-events',
  // What our ledger says of the provider is so there.
  'provider-ledger',
  // What did not agree before, outside of the window, agrees now or still does not.
  'provider-again',
  // Orders wants the money that we have, and has the money that it thinks it has.
  'ledger-orders',
  // Our own books agree with one another.
  'own-books',
] as const

export type ReconciliationStep = (typeof reconciliationSteps)[number]

export function isReconciliationStep(step: string): step is ReconciliationStep {
  return reconciliationSteps.some((known) => known === step)
}
