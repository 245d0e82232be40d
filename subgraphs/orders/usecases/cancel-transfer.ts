import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import type { Tx } from '../data/tx.ts'
import {
  closeTransfer,
  lockTransfer,
  transferNotFound,
  type TransferRefusal,
  type TransferWithLines,
} from './close-transfer.ts'

/** Calls a transfer off that is still on its way: its pieces are back where they came from. */
export async function cancelTransfer(
  tx: Tx,
  request: {
    transferId: string
    actorRef: string
    mayCancel(transfer: TransferWithLines): Promise<boolean>
  },
  refuse: Refuse<TransferRefusal>,
  now: Date,
): Promise<void> {
  const transfer = await lockTransfer(tx, request.transferId)
  if (!transfer || !(await request.mayCancel(transfer))) return refuse(transferNotFound)
  if (transfer.state === 'CANCELED') return
  if (transfer.state !== 'SENT') {
    return refuse({
      kind: 'IllegalTransferStateError',
      message: 'This transfer has arrived. Send the pieces back instead.',
      state: transfer.state,
    })
  }
  const came = transfer.lines.map(({ variantId, sent }) => ({ variantId, quantity: sent, serials: [] }))
  const end = { state: 'CANCELED', warehouseId: transfer.fromWarehouseId, came } as const
  await closeTransfer(tx, transfer, { ...end, actorRef: request.actorRef }, refuse, now)
}
