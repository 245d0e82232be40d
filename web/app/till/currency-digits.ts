/**
 * Digits after the point of the currencies that the house takes. The API tells them with every amount; this is for amounts
 * that people type before there is one.
 */
export function currencyDigits(currency: string): number {
  if (currency === 'JPY' || currency === 'KRW') return 0
  return currency === 'KWD' || currency === 'BHD' || currency === 'OMR' ? 3 : 2
}
