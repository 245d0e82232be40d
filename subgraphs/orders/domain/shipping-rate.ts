import type { CurrencyCode } from '#platform/money/currencies.ts'

// One flat rate per currency, in minor units; from `freeFrom` on delivery is free.
const rates: Partial<Record<CurrencyCode, { amountMinor: bigint; freeFromMinor: bigint | null }>> = {
  EUR: { amountMinor: 1500n, freeFromMinor: 50_000n },
  GBP: { amountMinor: 1500n, freeFromMinor: null },
  JPY: { amountMinor: 1500n, freeFromMinor: null },
  CNY: { amountMinor: 10_000n, freeFromMinor: null },
  USD: { amountMinor: 2000n, freeFromMinor: null },
}

/** What delivery costs for lines that come to `subtotalMinor`; nothing in a currency without a rate, or for no lines. */
export function shippingRate(currency: CurrencyCode, subtotalMinor: bigint, lineCount: number): bigint {
  const rate = rates[currency]
  if (!rate || lineCount === 0) return 0n
  return rate.freeFromMinor !== null && subtotalMinor >= rate.freeFromMinor ? 0n : rate.amountMinor
}
