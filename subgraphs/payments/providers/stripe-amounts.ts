// Stripe's amounts are minor units of ISO 4217, with these exceptions: https://docs.stripe.com/currencies
import { ProviderRefused } from './payment-provider.ts'

/** ISO 4217 has no minor unit for them (any more), Stripe counts hundredths that must be zero. */
const hundredths = new Set(['ISK', 'UGX'])
/** With three decimals Stripe takes only whole hundredths: the last digit must be zero. */
const thousandths = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND'])

/** Throws ProviderRefused for what Stripe could not take exactly. */
export function toStripeAmount(currency: string, amountMinor: bigint): number {
  if (thousandths.has(currency) && amountMinor % 10n !== 0n) {
    throw new ProviderRefused('amount_not_payable', `Cards pay whole hundredths of ${currency} only.`)
  }
  const amount = Number(hundredths.has(currency) ? amountMinor * 100n : amountMinor)
  if (!Number.isSafeInteger(amount))
    throw new ProviderRefused('amount_too_large', 'This is more than a card can pay.')
  return amount
}

export function fromStripeAmount(currency: string, amount: number): bigint {
  return hundredths.has(currency) ? BigInt(amount) / 100n : BigInt(amount)
}
