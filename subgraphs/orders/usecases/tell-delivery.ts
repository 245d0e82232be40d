import {
  deliveryAttempted,
  deliveryDelivered,
  deliveryProgressed,
  deliveryRequested,
} from '#contracts/orders.ts'
import { emit } from '#platform/outbox/emit.ts'
import type { Delivery, Order } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import type { DeliveryStatus } from '../domain/delivery-state.ts'

const eventOf = {
  PENDING: deliveryRequested,
  CARRIER_PICKED_UP: deliveryProgressed,
  OUT_FOR_DELIVERY: deliveryProgressed,
  ATTEMPTED_DELIVERY: deliveryAttempted,
  DELIVERED: deliveryDelivered,
  FAILURE: deliveryProgressed,
  CANCELED: deliveryProgressed,
  READY_FOR_PICKUP: deliveryProgressed,
  PICKED_UP: deliveryDelivered,
} satisfies Record<DeliveryStatus, unknown>

/** Tells where a parcel stands. */
export async function tellDelivery(tx: Tx, order: Order, delivery: Delivery): Promise<void> {
  await emit(tx, eventOf[delivery.status], {
    aggregateId: delivery.id,
    market: order.marketId,
    payload: {
      deliveryId: delivery.id,
      orderId: order.id,
      orderNumber: order.number,
      customerRef: order.customerRef,
      courierRef: delivery.courierRef,
      status: delivery.status,
    },
  })
}
