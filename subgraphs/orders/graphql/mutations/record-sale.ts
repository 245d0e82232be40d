import { z } from 'zod'
import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { forbidden, unauthenticated } from '#platform/errors/errors.ts'
import { moneyColumns } from '#platform/graphql/money-output.ts'
import { invalidInput, parseInput } from '#platform/graphql/parse-input.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { notSoldHere, recordSale as record, type RecordSaleRefusal } from '../../usecases/record-sale.ts'
import { goodsRefusalResult } from '../goods-refusal-result.ts'
import { idempotencyKey, orderLines, serialNumbers, unknownIds } from '../line-inputs.ts'
import type { Ctx, Services } from '../services.ts'

/** More than any till holds, in any currency, and far from where amounts end. */
const largestTender = 10n ** 15n
/** A till's clock may run ahead a little. */
const aheadMs = 10 * 60_000
/** A till that was offline for longer is a case for the office. */
const behindMs = 31 * 24 * 60 * 60_000

const recordSaleInput = z.object({
  registerId: z.string().refine(isUuid, 'There is no such till.'),
  lines: orderLines,
  tenders: z
    .array(
      z.object({
        kind: z.enum(['CASH', 'TERMINAL']),
        amount: z.bigint().min(1n, 'must be more than nothing').max(largestTender, 'is too much'),
      }),
    )
    .min(1, 'needs a tender')
    .max(10, 'has more than 10 tenders'),
  serials: serialNumbers.nullish(),
  soldAt: z.date(),
  idempotencyKey,
})

export function recordSale({ database, clock }: Services) {
  return async (_: unknown, { input }: { input: unknown }, ctx: Ctx) => {
    const { identity } = ctx
    if (!identity) throw unauthenticated()
    const parsed = parseInput(recordSaleInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const { registerId, tenders, serials, ...sale } = parsed.value
    const ageMs = clock.now().getTime() - sale.soldAt.getTime()
    if (ageMs > behindMs || ageMs < -aheadMs) {
      return invalidInput('soldAt', 'The sale must be of the last 31 days and not of the future.')
    }
    const register = await ctx.loaders.register.load(registerId.toLowerCase())
    if (!register) return invalidInput('registerId', 'There is no such till.')
    const mayUse = identity.shopIds.length === 0 || identity.shopIds.includes(register.shopId)
    if (!mayUse) throw forbidden('This till is in a boutique that is not yours.')
    const unknown = unknownIds(sale.lines)
    if (unknown.length > 0) return toResult(notSoldHere(unknown))
    const outcome = await transactOrRefuse(database, async (tx, refuse: Refuse<RecordSaleRefusal>) => ({
      kind: 'Recorded' as const,
      ...(await record(
        tx,
        {
          ...sale,
          serials: serials ?? [],
          register,
          clerkRef: identity.userId,
          tenders: tenders.map(({ kind, amount }) => ({ kind, amountMinor: amount })),
        },
        refuse,
        clock.now(),
      )),
    }))
    if (outcome.kind !== 'Recorded') return toResult(outcome)
    const order = await ctx.loaders.order.load(outcome.orderId)
    if (!order) throw new Error('The sale that was just recorded is not there')
    return {
      kind: 'RecordSaleSuccess',
      order,
      change: moneyColumns(order.currency, BigInt(outcome.changeMinor)),
    }
  }
}

function toResult(refusal: RecordSaleRefusal) {
  switch (refusal.kind) {
    case 'InvalidInputError':
      return refusal
    case 'NotSoldHereError':
    case 'OutOfStockError':
      return goodsRefusalResult(refusal)
    case 'TenderMismatchError':
      return { ...refusal, due: moneyColumns(refusal.currency, refusal.due) }
  }
}
