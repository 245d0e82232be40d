import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { unauthenticated } from '#platform/errors/errors.ts'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { adjustStock as adjust } from '../../usecases/adjust-stock.ts'
import type { StockRefusal } from '../../usecases/stock-refusal.ts'
import type { Ctx, Services } from '../services.ts'
import { adjustStockInput } from '../stock-inputs.ts'
import { stockRefusalResult, unknownVariant } from '../stock-result.ts'
import { findOwnWarehouse, warehouseNotFound } from '../stock-rights.ts'

export function adjustStock({ database, clock }: Services) {
  return async (_: unknown, { input }: { input: unknown }, ctx: Ctx) => {
    const { identity } = ctx
    if (!identity) throw unauthenticated()
    const parsed = parseInput(adjustStockInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const { variantId, warehouseId } = parsed.value
    if (!(await findOwnWarehouse(warehouseId, identity, ctx))) return warehouseNotFound
    const unknown = await unknownVariant([variantId], () => 'variantId', ctx)
    if (unknown) return unknown
    const outcome = await transactOrRefuse(database, async (tx, refuse: Refuse<StockRefusal>) => {
      await adjust(tx, { ...parsed.value, actorRef: identity.userId }, refuse, clock.now())
      return { kind: 'Adjusted' as const }
    })
    if (outcome.kind !== 'Adjusted') return stockRefusalResult(outcome)
    return {
      kind: 'AdjustStockSuccess',
      level: await ctx.loaders.stockLevel.load({ variantId, warehouseId }),
    }
  }
}
