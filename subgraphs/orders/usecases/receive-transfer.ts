import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import type { Tx } from '../data/tx.ts'
import {
  type CameOf,
  closeTransfer,
  lockTransfer,
  transferNotFound,
  type TransferRefusal,
  type TransferWithLines,
} from './close-transfer.ts'

export interface TransferArrival {
  transferId: string
  /** Only what did not arrive in full. */
  lines: readonly CameOf[]
  actorRef: string
  mayReceive(transfer: TransferWithLines): Promise<boolean>
}

/** Takes a transfer in. The same arrival told again changes nothing; another one is refused. */
export async function receiveTransfer(
  tx: Tx,
  arrival: TransferArrival,
  refuse: Refuse<TransferRefusal>,
  now: Date,
): Promise<void> {
  const transfer = await lockTransfer(tx, arrival.transferId)
  if (!transfer || !(await arrival.mayReceive(transfer))) return refuse(transferNotFound)
  const told = new Map(arrival.lines.map((line) => [line.variantId, line]))
  const came = transfer.lines.map(
    ({ variantId, sent }): CameOf => told.get(variantId) ?? { variantId, quantity: sent, serials: [] },
  )
  for (const [index, line] of arrival.lines.entries()) {
    const sent = transfer.lines.find(({ variantId }) => variantId === line.variantId)?.sent ?? 0
    if (line.quantity <= sent) continue
    refuse({
      kind: 'InvalidInputError',
      message: 'More than was sent: receive what was sent, then put the number right.',
      field: `lines.${String(index)}.quantity`,
    })
  }
  if (transfer.state === 'SENT') {
    const end = { state: 'RECEIVED', warehouseId: transfer.toWarehouseId, came } as const
    await closeTransfer(tx, transfer, { ...end, actorRef: arrival.actorRef }, refuse, now)
    return
  }
  const isSame =
    transfer.state === 'RECEIVED' &&
    came.every((line) =>
      transfer.lines.some(
        ({ variantId, received }) => variantId === line.variantId && received === line.quantity,
      ),
    )
  if (isSame) return
  refuse({
    kind: 'IllegalTransferStateError',
    message: 'This transfer is closed. Put the numbers right instead.',
    state: transfer.state,
  })
}
