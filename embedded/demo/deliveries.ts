import type { ShippingTerms } from '#subgraphs/orders/usecases/save-shipping-method.ts'

// How the demo house brings its goods: by courier everywhere, faster for more, and to its boutiques for nothing.

const anyParcel = { countries: [], maxWeightGrams: null, maxSubtotalMinor: null }

/** Minor units by market; a null threshold never makes it free. */
const tariffs = [
  { market: 'FR', standard: 1500n, freeFrom: 50_000n, express: 3500n, hasBoutique: true },
  { market: 'DE', standard: 1500n, freeFrom: 50_000n, express: 3500n, hasBoutique: false },
  { market: 'GB', standard: 1500n, freeFrom: null, express: 3000n, hasBoutique: false },
  { market: 'JP', standard: 1500n, freeFrom: null, express: 3000n, hasBoutique: true },
  { market: 'CN', standard: 10_000n, freeFrom: null, express: 20_000n, hasBoutique: false },
  { market: 'US', standard: 2000n, freeFrom: null, express: 4500n, hasBoutique: false },
] as const

export const demoDeliveries: readonly ShippingTerms[] = tariffs.flatMap((tariff) => {
  const { market: marketId, standard, freeFrom, express, hasBoutique } = tariff
  const free = freeFrom === null ? [] : [{ ...anyParcel, minSubtotalMinor: freeFrom, amountMinor: 0n }]
  const ways: ShippingTerms[] = [
    {
      marketId,
      code: 'standard',
      kind: 'COURIER',
      names: { en: 'By courier', fr: 'Par coursier', ja: '通常配送' },
      descriptions: {
        en: '2 to 4 working days',
        fr: '2 à 4 jours ouvrés',
        ja: '2〜4営業日でお届け',
      },
      position: 1,
      isActive: true,
      rates: [...free, { ...anyParcel, amountMinor: standard }],
    },
    {
      marketId,
      code: 'express',
      kind: 'COURIER',
      names: { en: 'Express courier', fr: 'Coursier express', ja: '速達配送' },
      descriptions: { en: 'Next working day', fr: 'Le jour ouvré suivant', ja: '翌営業日にお届け' },
      position: 2,
      isActive: true,
      rates: [{ ...anyParcel, amountMinor: express }],
    },
  ]
  if (!hasBoutique) return ways
  const pickUp: ShippingTerms = {
    marketId,
    code: 'boutique',
    kind: 'PICKUP',
    names: { en: 'Collect in the boutique', fr: 'Retrait en boutique', ja: '店舗受け取り' },
    descriptions: { en: 'Without charge', fr: 'Sans frais', ja: '無料' },
    position: 3,
    isActive: true,
    rates: [{ ...anyParcel, amountMinor: 0n }],
  }
  return [...ways, pickUp]
})
