import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { unauthenticated } from '#platform/errors/errors.ts'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { transferNotFound, type TransferRefusal } from '../../usecases/close-transfer.ts'
import { receiveTransfer as receive } from '../../usecases/receive-transfer.ts'
import type { Ctx, Services } from '../services.ts'
import { receiveTransferInput } from '../stock-inputs.ts'
import { mayKeepById } from '../stock-rights.ts'

export function receiveTransfer({ database, clock }: Services) {
  return async (_: unknown, { input }: { input: unknown }, ctx: Ctx) => {
    const { identity } = ctx
    if (!identity) throw unauthenticated()
    const parsed = parseInput(receiveTransferInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const { id, lines } = parsed.value
    if (!isUuid(id)) return transferNotFound
    const transferId = id.toLowerCase()
    const outcome = await transactOrRefuse(database, async (tx, refuse: Refuse<TransferRefusal>) => {
      const arrival = {
        transferId,
        lines,
        actorRef: identity.userId,
        mayReceive: (transfer: { toWarehouseId: string }) =>
          mayKeepById(transfer.toWarehouseId, identity, ctx),
      }
      await receive(tx, arrival, refuse, clock.now())
      return { kind: 'Received' as const }
    })
    if (outcome.kind !== 'Received') return outcome
    return { kind: 'ReceiveTransferSuccess', transfer: await ctx.loaders.transfer.load(transferId) }
  }
}
