/**
 * Digits after the point of the currencies that boutiques take. The API tells them with every amount; this is for amounts
 * that people type before there is one.
 */
export function currencyDigits(currency: string): number {
  return currency === 'JPY' || currency === 'KRW' ? 0 : 2
}
