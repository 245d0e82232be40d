import { z } from 'zod'
import { invalidInput, parseInput } from '#platform/graphql/parse-input.ts'
import { createVouchers as create } from '../../usecases/create-vouchers.ts'
import { idempotencyKey } from '../line-inputs.ts'
import type { Ctx, Services } from '../services.ts'
import { endsBeforeItStarts, unknownPromotion, voucherTerms } from '../voucher-inputs.ts'

const range = 'must be 1 to 10,000'

const createVouchersInput = voucherTerms.extend({
  count: z.int().min(1, range).max(10_000, range),
  prefix: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9]{0,12}$/, 'must be at most 12 letters A to Z and digits')
    .nullish()
    .transform((prefix) => prefix ?? ''),
  idempotencyKey,
})

export function createVouchers({ database, clock }: Services) {
  return async (_: unknown, { input }: { input: unknown }, { loaders }: Ctx) => {
    const parsed = parseInput(createVouchersInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const { value } = parsed
    const now = clock.now()
    if (endsBeforeItStarts(value, now)) return invalidInput('endsAt', 'The codes must end after they start.')
    if ((await loaders.promotion.load(value.promotionId)) === null) return unknownPromotion
    const batch = await database.transact((tx) => create(tx, value, now))
    return { kind: 'CreateVouchersSuccess', ...batch }
  }
}
