import type { OrderWithLines } from '../data/lock-order.ts'
import type { Tx } from '../data/tx.ts'
import { tellDelivery } from './tell-delivery.ts'

/** Nobody needs to come for the parcels of an order that was called off. The caller holds the order's row. */
export async function callOffDeliveries(tx: Tx, order: OrderWithLines): Promise<void> {
  const open = await tx.delivery.findMany({
    where: { orderId: order.id, isOpen: true },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  for (const { id } of open) {
    const delivery = await tx.delivery.update({ where: { id }, data: { status: 'CANCELED', isOpen: false } })
    await tellDelivery(tx, order, delivery)
  }
}
