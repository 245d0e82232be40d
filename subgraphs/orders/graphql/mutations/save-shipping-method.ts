import { z } from 'zod'
import { invalidInput, parseInput } from '#platform/graphql/parse-input.ts'
import { text } from '#platform/graphql/text-input.ts'
import { saveShippingMethod as save } from '../../usecases/save-shipping-method.ts'
import { isMarketCode } from '../market-code.ts'
import type { Ctx, Services } from '../services.ts'

const texts = z
  .array(
    z.object({
      locale: z.string().regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/, 'must be a language, such as fr'),
      text: text({ max: 200 }),
    }),
  )
  .max(20, 'has more than 20 languages')
const byLocale = (list: { locale: string; text: string }[]): Record<string, string> =>
  Object.fromEntries(list.map((each) => [each.locale, each.text]))

/** More than any delivery costs, in any currency, and far from where amounts end. */
const largest = 10n ** 15n
const amount = z.bigint().min(0n, 'must not be negative').max(largest, 'is too much')
const heaviestGrams = 1_000_000_000
const grams = z.int().min(0, 'must not be negative').max(heaviestGrams, 'is too much')

const rate = z
  .object({
    countries: z.array(z.string().regex(/^[A-Z]{2}$/, 'must be ISO 3166 codes')).max(250),
    minWeightGrams: grams,
    maxWeightGrams: grams.nullish(),
    minSubtotal: amount.nullish(),
    maxSubtotal: amount.nullish(),
    amount,
  })
  .transform(({ minSubtotal, maxSubtotal, amount: amountMinor, ...zone }) => ({
    ...zone,
    maxWeightGrams: zone.maxWeightGrams ?? null,
    minSubtotalMinor: minSubtotal ?? 0n,
    maxSubtotalMinor: maxSubtotal ?? null,
    amountMinor,
  }))

const saveShippingMethodInput = z.object({
  market: z.string().refine(isMarketCode, 'There is no such market.'),
  code: z.string().regex(/^[a-z0-9-]{1,30}$/, 'must be 1 to 30 small letters, digits and hyphens'),
  kind: z.enum(['COURIER', 'PICKUP']),
  names: texts.min(1, 'needs a name').transform(byLocale),
  descriptions: texts.transform(byLocale),
  position: z.int().min(0, 'must be 0 to 1,000').max(1_000, 'must be 0 to 1,000'),
  isActive: z.boolean(),
  rates: z.array(rate).min(1, 'needs a rate').max(50, 'has more than 50 rates'),
})

export function saveShippingMethod({ database }: Services) {
  return async (_: unknown, { input }: { input: unknown }, { loaders }: Ctx) => {
    const parsed = parseInput(saveShippingMethodInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const { market: marketId, ...terms } = parsed.value
    const market = await loaders.market.load(marketId)
    if (!market) return invalidInput('market', 'There is no such market.')
    const foreign = terms.rates.findIndex((each) =>
      each.countries.some((country) => !market.countries.includes(country)),
    )
    if (foreign !== -1) {
      const message = `This market delivers to ${market.countries.join(', ')}.`
      return invalidInput(`rates.${String(foreign)}.countries`, message)
    }
    const tariff = await database.transact((tx) => save(tx, { ...terms, marketId }))
    return { kind: 'SaveShippingMethodSuccess', tariff }
  }
}
