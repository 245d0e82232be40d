export const checkoutSteps = ['contact', 'shipping', 'payment'] as const
export type CheckoutStep = (typeof checkoutSteps)[number]

/** The step to show: the wanted one, but none before what it builds on is known. */
export function stepToShow(
  wanted: string | null,
  known: { contact: boolean; shipping: boolean },
): CheckoutStep {
  const reached: CheckoutStep = !known.contact ? 'contact' : !known.shipping ? 'shipping' : 'payment'
  const step = checkoutSteps.find((each) => each === wanted) ?? reached
  return checkoutSteps.indexOf(step) <= checkoutSteps.indexOf(reached) ? step : reached
}
