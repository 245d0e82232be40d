import { z } from 'zod'
import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { unauthenticated } from '#platform/errors/errors.ts'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { savePrices as save, type SavePricesRefusal } from '../../usecases/save-prices.ts'
import type { Context } from '../context.ts'
import type { Services } from '../services.ts'
import { instant, key, marketCode } from '../text-inputs.ts'

const given = z
  .object({
    variantId: z.guid('is not an id').toLowerCase(),
    market: marketCode,
    amount: z.bigint().nonnegative('must not be below zero'),
    compareAt: z.bigint().nullish(),
    validFrom: instant.nullish(),
    validTo: instant.nullish(),
  })
  .refine(({ amount, compareAt }) => compareAt == null || compareAt > amount, {
    path: ['compareAt'],
    message: 'must be above the price',
  })

const isAfter = (end: Date | null | undefined, start: Date) => end == null || end > start

export function savePrices({ database, clock }: Services) {
  return async (_: unknown, { input }: { input: object }, { identity }: Context) => {
    if (!identity) throw unauthenticated()
    const now = clock.now()
    const toCome = given
      .refine(({ validFrom }) => isAfter(validFrom, now), {
        path: ['validFrom'],
        message: 'must be to come; leave it out for now',
      })
      .refine(({ validFrom, validTo }) => isAfter(validTo, validFrom ?? now), {
        path: ['validTo'],
        message: 'must be after the beginning',
      })
    const parsed = parseInput(
      z.object({ prices: z.array(toCome).min(1).max(100), idempotencyKey: key }),
      input,
    )
    if (parsed.kind === 'InvalidInputError') return parsed
    const { idempotencyKey } = parsed.value
    const prices = parsed.value.prices.map((price) => ({
      variantId: price.variantId,
      marketId: price.market,
      amountMinor: price.amount,
      compareAtMinor: price.compareAt ?? null,
      validFrom: price.validFrom ?? null,
      validTo: price.validTo ?? null,
    }))
    const request = { prices, idempotencyKey, savedBy: identity.userId }
    return await transactOrRefuse(database, (tx, refuse: Refuse<SavePricesRefusal>) =>
      save(tx, request, { refuse, now }),
    )
  }
}
