import type { EventDefinition } from '#platform/events/define-event.ts'
import { emit } from '#platform/outbox/emit.ts'
import type { OrderWithLines } from '../data/lock-order.ts'
import type { Tx } from '../data/tx.ts'

/** What every event of an order says of it. No personal data: the customer by reference only. */
export function toOrderPayload(order: OrderWithLines) {
  return {
    orderId: order.id,
    number: order.number,
    customerRef: order.customerRef,
    marketId: order.marketId,
    currency: order.currency,
    channel: order.channel,
    shopId: order.shopId,
    locale: order.locale,
    subtotalMinor: order.subtotalMinor.toString(),
    shippingMinor: order.shippingMinor.toString(),
    discountMinor: order.discountMinor.toString(),
    taxMinor: order.taxMinor.toString(),
    taxIncluded: order.taxIncluded,
    totalMinor: order.totalMinor.toString(),
    placedAt: order.placedAt.toISOString(),
    lines: order.lines.map((line) => ({
      lineId: line.id,
      variantId: line.variantId,
      productId: line.productId,
      sku: line.sku,
      name: line.name,
      category: line.category,
      quantity: line.quantity,
      unitPriceMinor: line.unitPriceMinor.toString(),
      totalMinor: line.totalMinor.toString(),
      discountMinor: line.discountMinor.toString(),
      taxMinor: line.taxMinor.toString(),
    })),
  }
}

export type OrderPayload = ReturnType<typeof toOrderPayload>

/** Tells an event that says no more than the order itself. */
export async function tellOrder(
  tx: Tx,
  event: EventDefinition<OrderPayload>,
  order: OrderWithLines,
): Promise<void> {
  await emit(tx, event, { aggregateId: order.id, market: order.marketId, payload: toOrderPayload(order) })
}
