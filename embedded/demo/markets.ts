// The markets of the demo house. Tax rates in parts per million; the US sells without tax in its prices.

const market = { taxRounding: 'LINE', roundingMode: 'HALF_UP', reservationMinutes: 15 } as const

export const demoMarkets = [
  {
    ...market,
    id: 'FR',
    names: { en: 'France', fr: 'France', ja: 'フランス' },
    currency: 'EUR',
    countries: ['FR', 'BE', 'LU', 'MC'],
    locales: ['fr', 'en'],
    pricesIncludeTax: true,
    taxRates: [
      { country: 'FR', taxCategory: 'standard', ratePpm: 200_000 },
      { country: 'BE', taxCategory: 'standard', ratePpm: 210_000 },
      { country: 'LU', taxCategory: 'standard', ratePpm: 170_000 },
      { country: 'MC', taxCategory: 'standard', ratePpm: 200_000 },
    ],
  },
  {
    ...market,
    id: 'DE',
    names: { en: 'Germany', fr: 'Allemagne', ja: 'ドイツ' },
    currency: 'EUR',
    countries: ['DE', 'AT'],
    locales: ['de', 'en'],
    pricesIncludeTax: true,
    taxRates: [
      { country: 'DE', taxCategory: 'standard', ratePpm: 190_000 },
      { country: 'AT', taxCategory: 'standard', ratePpm: 200_000 },
    ],
  },
  {
    ...market,
    id: 'GB',
    names: { en: 'United Kingdom', fr: 'Royaume-Uni', ja: 'イギリス' },
    currency: 'GBP',
    countries: ['GB'],
    locales: ['en'],
    pricesIncludeTax: true,
    taxRates: [{ country: 'GB', taxCategory: 'standard', ratePpm: 200_000 }],
  },
  {
    ...market,
    id: 'JP',
    names: { en: 'Japan', fr: 'Japon', ja: '日本' },
    currency: 'JPY',
    countries: ['JP'],
    locales: ['ja', 'en'],
    pricesIncludeTax: true,
    taxRates: [{ country: 'JP', taxCategory: 'standard', ratePpm: 100_000 }],
  },
  {
    ...market,
    id: 'CN',
    names: { en: 'China', fr: 'Chine', ja: '中国' },
    currency: 'CNY',
    countries: ['CN'],
    locales: ['zh-Hans', 'en'],
    pricesIncludeTax: true,
    taxRates: [{ country: 'CN', taxCategory: 'standard', ratePpm: 130_000 }],
  },
  {
    ...market,
    id: 'US',
    names: { en: 'United States', fr: 'États-Unis', ja: 'アメリカ' },
    currency: 'USD',
    countries: ['US'],
    locales: ['en'],
    pricesIncludeTax: false,
    taxRates: [{ country: 'US', taxCategory: 'standard', ratePpm: 88_750 }],
  },
] as const
