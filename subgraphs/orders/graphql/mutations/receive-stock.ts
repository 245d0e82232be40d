import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { unauthenticated } from '#platform/errors/errors.ts'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { fingerprint, once } from '#platform/outbox/idempotency.ts'
import { receiveStock as receive } from '../../usecases/receive-stock.ts'
import type { SerialMismatch } from '../../usecases/stock-refusal.ts'
import type { Ctx, Services } from '../services.ts'
import { receiveStockInput } from '../stock-inputs.ts'
import { unknownVariant } from '../stock-result.ts'
import { findOwnWarehouse, warehouseNotFound } from '../stock-rights.ts'

export function receiveStock({ database, clock }: Services) {
  return async (_: unknown, { input }: { input: unknown }, ctx: Ctx) => {
    const { identity } = ctx
    if (!identity) throw unauthenticated()
    const parsed = parseInput(receiveStockInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const { warehouseId, idempotencyKey: key, ...delivery } = parsed.value
    const warehouse = await findOwnWarehouse(warehouseId, identity, ctx)
    if (!warehouse) return warehouseNotFound
    const variantIds = delivery.lines.map((line) => line.variantId)
    const unknown = await unknownVariant(variantIds, (index) => `lines.${String(index)}.variantId`, ctx)
    if (unknown) return unknown
    const request = {
      scope: `receiveStock ${identity.userId}`,
      key,
      fingerprint: fingerprint({ ...delivery, warehouseId }),
    }
    const outcome = await transactOrRefuse(database, async (tx, refuse: Refuse<SerialMismatch>) => {
      const arrival = { ...delivery, warehouseCode: warehouse.code, actorRef: identity.userId }
      await once(tx, request, () => receive(tx, arrival, clock.now(), refuse))
      return { kind: 'Received' as const }
    })
    if (outcome.kind !== 'Received') return outcome
    const levels = await Promise.all(
      [...new Set(variantIds)].map((variantId) => ctx.loaders.stockLevel.load({ variantId, warehouseId })),
    )
    return { kind: 'ReceiveStockSuccess', levels }
  }
}
