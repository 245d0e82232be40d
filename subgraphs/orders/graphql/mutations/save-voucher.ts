import { z } from 'zod'
import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { invalidInput, parseInput } from '#platform/graphql/parse-input.ts'
import { saveVoucher as save, type VoucherInUse } from '../../usecases/save-voucher.ts'
import type { Ctx, Services } from '../services.ts'
import { endsBeforeItStarts, unknownPromotion, voucherCode, voucherTerms } from '../voucher-inputs.ts'

const saveVoucherInput = voucherTerms.extend({ code: voucherCode, isActive: z.boolean() })

export function saveVoucher({ database, clock }: Services) {
  return async (_: unknown, { input }: { input: unknown }, { loaders }: Ctx) => {
    const parsed = parseInput(saveVoucherInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const { value } = parsed
    const now = clock.now()
    if (value.startsAt && endsBeforeItStarts(value, now)) {
      return invalidInput('endsAt', 'The code must end after it starts.')
    }
    if ((await loaders.promotion.load(value.promotionId)) === null) return unknownPromotion
    return await transactOrRefuse(database, async (tx, refuse: Refuse<VoucherInUse>) => ({
      kind: 'SaveVoucherSuccess' as const,
      voucher: await save(tx, value, refuse, now),
    }))
  }
}
