import { insertReturning } from '#platform/database/rows.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { type Delivery, Prisma } from '../data/generated/client.ts'
import type { OrderWithLines } from '../data/lock-order.ts'
import type { Tx } from '../data/tx.ts'
import { tellDelivery } from './tell-delivery.ts'

/** Asks every warehouse that holds pieces of a paid order for a parcel, or the boutique to lay them ready. */
export async function openDeliveries(
  tx: Tx,
  order: OrderWithLines,
  options: { now: Date; courierRef: string | null },
): Promise<void> {
  const parcels = await tx.$queryRaw<{ warehouseId: string; pieces: number }[]>`
    SELECT warehouse_id AS "warehouseId", sum(quantity)::int AS pieces FROM stock_reservations
     WHERE order_id = ${order.id}::uuid AND state = 'COMMITTED'
     GROUP BY 1 ORDER BY 1`
  const deliveries = await insertReturning<Delivery>(tx, {
    table: 'deliveries',
    fields: Prisma.DeliveryScalarFieldEnum,
    rows: parcels.map((parcel) => ({
      id: uuidv7(),
      orderId: order.id,
      ...parcel,
      kind: order.pickUpShopId === null ? 'COURIER' : 'PICKUP',
      courierRef: order.pickUpShopId === null ? options.courierRef : null,
      status: 'PENDING',
      requestedAt: options.now,
    })),
  })
  for (const delivery of deliveries) await tellDelivery(tx, order, delivery)
}
