import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { unauthenticated } from '#platform/errors/errors.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { cancelTransfer as cancel } from '../../usecases/cancel-transfer.ts'
import { transferNotFound, type TransferRefusal } from '../../usecases/close-transfer.ts'
import type { Ctx, Services } from '../services.ts'
import { mayKeepById } from '../stock-rights.ts'

export function cancelTransfer({ database, clock }: Services) {
  return async (_: unknown, { id }: { id: string }, ctx: Ctx) => {
    const { identity } = ctx
    if (!identity) throw unauthenticated()
    if (!isUuid(id)) return transferNotFound
    const transferId = id.toLowerCase()
    const outcome = await transactOrRefuse(database, async (tx, refuse: Refuse<TransferRefusal>) => {
      const request = {
        transferId,
        actorRef: identity.userId,
        mayCancel: (transfer: { fromWarehouseId: string }) =>
          mayKeepById(transfer.fromWarehouseId, identity, ctx),
      }
      await cancel(tx, request, refuse, clock.now())
      return { kind: 'Canceled' as const }
    })
    if (outcome.kind !== 'Canceled') return outcome
    return { kind: 'CancelTransferSuccess', transfer: await ctx.loaders.transfer.load(transferId) }
  }
}
