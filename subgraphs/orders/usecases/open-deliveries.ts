import { uuidv7 } from '#platform/ids/uuid.ts'
import type { OrderWithLines } from '../data/lock-order.ts'
import type { Tx } from '../data/tx.ts'
import { tellDelivery } from './tell-delivery.ts'

/** Asks every warehouse that holds pieces of a paid order for a parcel, or the boutique to lay them ready. */
export async function openDeliveries(
  tx: Tx,
  order: OrderWithLines,
  options: { now: Date; courierRef: string | null },
): Promise<void> {
  const parcels = await tx.stockReservation.groupBy({
    by: ['warehouseId'],
    where: { orderId: order.id, state: 'COMMITTED' },
    _sum: { quantity: true },
    orderBy: { warehouseId: 'asc' },
  })
  for (const parcel of parcels) {
    const delivery = await tx.delivery.create({
      data: {
        id: uuidv7(),
        orderId: order.id,
        warehouseId: parcel.warehouseId,
        kind: order.pickUpShopId === null ? 'COURIER' : 'PICKUP',
        courierRef: order.pickUpShopId === null ? options.courierRef : null,
        status: 'PENDING',
        pieces: parcel._sum.quantity ?? 0,
        requestedAt: options.now,
      },
    })
    await tellDelivery(tx, order, delivery)
  }
}
