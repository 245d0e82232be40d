import { z } from 'zod'
import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { unauthenticated } from '#platform/errors/errors.ts'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { text } from '#platform/graphql/text-input.ts'
import { isCurrencyCode } from '#platform/money/currencies.ts'
import { changeMarket, type ChangeMarketRefusal } from '../../usecases/change-market.ts'
import type { Context } from '../context.ts'
import type { Services } from '../services.ts'
import { countryCode, instant, key, languageTag, marketCode, names } from '../text-inputs.ts'

const taxRate = z.object({
  country: countryCode,
  taxCategory: text({ max: 50 }),
  ratePpm: z.int().min(0).max(1_000_000),
  validFrom: instant.transform((date) => date.toISOString()),
})

const isDistinct = (list: readonly string[]) => new Set(list).size === list.length

const saveMarketInput = z
  .object({
    id: marketCode,
    version: z.int().nullish(),
    names,
    currency: z.string().refine(isCurrencyCode, 'is no currency'),
    countries: z.array(countryCode).min(1).max(100).refine(isDistinct, 'names a country twice'),
    locales: z.array(languageTag).min(1).max(50).refine(isDistinct, 'names a language twice'),
    pricesIncludeTax: z.boolean(),
    taxRounding: z.enum(['LINE', 'TOTAL']),
    roundingMode: z.enum(['HALF_EVEN', 'HALF_UP']),
    reservationMinutes: z.int().min(1).max(1_440),
    bankTransferDays: z
      .int()
      .min(1)
      .max(60)
      .nullish()
      .transform((days) => days ?? null),
    taxRates: z
      .array(taxRate)
      .max(100)
      .refine(
        (rates) =>
          isDistinct(rates.map((rate) => JSON.stringify([rate.country, rate.taxCategory, rate.validFrom]))),
        'has two rates for one country, category and moment',
      ),
    position: z.int().min(0).max(1_000),
    idempotencyKey: key,
  })
  .refine(({ countries, taxRates }) => taxRates.every(({ country }) => countries.includes(country)), {
    path: ['taxRates'],
    message: 'has a country that the market does not deliver to',
  })

export function saveMarket({ database }: Services) {
  return async (_: unknown, { input }: { input: object }, { identity }: Context) => {
    if (!identity) throw unauthenticated()
    const parsed = parseInput(saveMarketInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const { id: marketId, version, idempotencyKey, ...rest } = parsed.value
    const change = {
      market: { ...rest, marketId },
      version: version ?? null,
      idempotencyKey,
      changedBy: identity.userId,
    }
    return await transactOrRefuse(database, (tx, refuse: Refuse<ChangeMarketRefusal>) =>
      changeMarket(tx, change, refuse),
    )
  }
}
