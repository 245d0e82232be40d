import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import type { Delivery } from '../data/generated/client.ts'
import { lockOrder, type OrderWithLines } from '../data/lock-order.ts'
import { noteEvents } from '../data/note-event.ts'
import type { Tx } from '../data/tx.ts'
import {
  decideDeliveryStep,
  type DeliveryStatus,
  isArrival,
  isDeliveryOpen,
  isHandOver,
} from '../domain/delivery-state.ts'
import { handOver } from './hand-over.ts'
import { tellDelivery } from './tell-delivery.ts'

export type DeliveryRefusal =
  | { kind: 'DeliveryNotFoundError'; message: string }
  | { kind: 'IllegalDeliveryStateError'; message: string; status: DeliveryStatus }

export const deliveryNotFound = {
  kind: 'DeliveryNotFoundError',
  message: 'There is no such parcel.',
} as const

const said: Record<DeliveryStatus, string> = {
  PENDING: 'A parcel waits to be picked up.',
  CARRIER_PICKED_UP: 'A parcel was picked up by the courier.',
  OUT_FOR_DELIVERY: 'A parcel is on the last leg.',
  DELIVERED: 'A parcel was handed over.',
  ATTEMPTED_DELIVERY: 'Nobody was there to receive a parcel.',
  FAILURE: 'A parcel could not be delivered.',
  CANCELED: 'A parcel was called off.',
  READY_FOR_PICKUP: 'The goods are ready to be collected.',
  PICKED_UP: 'The goods were collected.',
}

/** Moves a parcel a step on. With the courier's hand on it the goods leave the house. */
export async function updateDelivery(
  tx: Tx,
  request: {
    deliveryId: string
    to: DeliveryStatus
    mayMove(delivery: Delivery, order: OrderWithLines): boolean
  },
  refuse: Refuse<DeliveryRefusal>,
  now: Date,
): Promise<void> {
  const seen = await tx.delivery.findUnique({ where: { id: request.deliveryId } })
  // The order first, as everywhere: its row is the lock of everything that belongs to it.
  const order = seen && (await lockOrder(tx, seen.orderId))
  if (!order || !request.mayMove(seen, order)) return refuse(deliveryNotFound)
  const before = await tx.delivery.findUniqueOrThrow({ where: { id: request.deliveryId } })
  const step = decideDeliveryStep(before, request.to)
  if (step.kind === 'Repeat') return
  if (step.kind === 'Illegal') {
    return refuse({
      kind: 'IllegalDeliveryStateError',
      message: 'The parcel does not allow this step where it stands. Reload to see where that is.',
      status: before.status,
    })
  }
  const delivery = await tx.delivery.update({
    where: { id: request.deliveryId },
    data: {
      status: request.to,
      isOpen: isDeliveryOpen(before.kind, request.to),
      ...(isArrival(request.to) && { deliveredAt: now }),
    },
  })
  await noteEvents(tx, [
    {
      orderId: order.id,
      at: now,
      type: `delivery.${request.to.toLowerCase().replaceAll('_', '-')}`,
      message: said[request.to],
      actor: 'staff',
    },
  ])
  if (isHandOver(request.to)) await handOver(tx, order, delivery.warehouseId, now)
  await tellDelivery(tx, order, delivery)
}
