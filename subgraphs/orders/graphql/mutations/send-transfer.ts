import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { unauthenticated } from '#platform/errors/errors.ts'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { sendTransfer as send } from '../../usecases/send-transfer.ts'
import type { StockRefusal } from '../../usecases/stock-refusal.ts'
import type { Ctx, Services } from '../services.ts'
import { sendTransferInput } from '../stock-inputs.ts'
import { stockRefusalResult } from '../stock-result.ts'
import { findOwnWarehouse, warehouseNotFound } from '../stock-rights.ts'

export function sendTransfer({ database, clock }: Services) {
  return async (_: unknown, { input }: { input: unknown }, ctx: Ctx) => {
    const { identity } = ctx
    if (!identity) throw unauthenticated()
    const parsed = parseInput(sendTransferInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const { fromWarehouseId, toWarehouseId } = parsed.value
    // Whose goods leave, decides; they may go to any warehouse.
    const [from, to] = await Promise.all([
      findOwnWarehouse(fromWarehouseId, identity, ctx),
      ctx.loaders.warehouse.load(toWarehouseId),
    ])
    if (!from || !to) return warehouseNotFound
    const outcome = await transactOrRefuse(database, async (tx, refuse: Refuse<StockRefusal>) => ({
      kind: 'Sent' as const,
      ...(await send(tx, { ...parsed.value, actorRef: identity.userId }, refuse, clock.now())),
    }))
    if (outcome.kind !== 'Sent') return stockRefusalResult(outcome)
    return {
      kind: 'SendTransferSuccess',
      transfer: await ctx.loaders.transfer.load(outcome.transferId),
    }
  }
}
