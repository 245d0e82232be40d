// The markets of the demo house. Tax rates in parts per million; the US sells without tax in its prices.

const market = {
  taxRounding: 'LINE',
  roundingMode: 'HALF_UP',
  reservationMinutes: 15,
  bankTransferDays: 3,
} as const

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
      rate('FR', 200_000, '2014-01-01'),
      rate('BE', 210_000, '1996-01-01'),
      rate('LU', 170_000, '2024-01-01'),
      rate('LU', 160_000, '2023-01-01'),
      rate('MC', 200_000, '2014-01-01'),
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
    taxRates: [rate('DE', 190_000, '2021-01-01'), rate('AT', 200_000, '1984-01-01')],
  },
  {
    ...market,
    id: 'GB',
    names: { en: 'United Kingdom', fr: 'Royaume-Uni', ja: 'イギリス' },
    currency: 'GBP',
    countries: ['GB'],
    locales: ['en'],
    pricesIncludeTax: true,
    taxRates: [rate('GB', 200_000, '2011-01-04')],
  },
  {
    ...market,
    id: 'JP',
    names: { en: 'Japan', fr: 'Japon', ja: '日本' },
    currency: 'JPY',
    countries: ['JP'],
    locales: ['ja', 'en'],
    pricesIncludeTax: true,
    taxRates: [rate('JP', 100_000, '2019-10-01'), rate('JP', 80_000, '2014-04-01')],
  },
  {
    ...market,
    id: 'CN',
    names: { en: 'China', fr: 'Chine', ja: '中国' },
    currency: 'CNY',
    countries: ['CN'],
    locales: ['zh-Hans', 'en'],
    pricesIncludeTax: true,
    taxRates: [rate('CN', 130_000, '2019-04-01')],
  },
  {
    ...market,
    id: 'US',
    names: { en: 'United States', fr: 'États-Unis', ja: 'アメリカ' },
    currency: 'USD',
    countries: ['US'],
    locales: ['en'],
    pricesIncludeTax: false,
    taxRates: [rate('US', 88_750, '2011-04-01')],
  },
] as const

function rate(country: string, ratePpm: number, since: string) {
  return { country, taxCategory: 'standard', ratePpm, validFrom: `${since}T00:00:00.000Z` }
}
