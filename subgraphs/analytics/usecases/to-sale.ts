import { orderConfirmed, orderReinstated, saleRecorded } from '#contracts/orders.ts'
import { ContractViolation } from '#platform/events/contract-violation.ts'
import type { Sale } from '../domain/sale.ts'

/** The events that tell of a paid order. */
export const saleTypes: readonly string[] = [orderConfirmed.type, orderReinstated.type, saleRecorded.type]

/** What of an event, told or kept in the log, a sale is made from. */
interface Telling {
  eventId: string
  type: string
  aggregateId: string
  occurredAt: Date
  payload: unknown
}

/** The sale an event tells of; null for any other event. Throws ContractViolation when its payload does not fit. */
export function toSale({ eventId, type, aggregateId, occurredAt, payload }: Telling): Sale | null {
  if (!saleTypes.includes(type)) return null
  const definition = type === saleRecorded.type ? saleRecorded : orderConfirmed
  const parsed = definition.payload.safeParse(payload)
  if (!parsed.success) throw new ContractViolation(`${type} ${eventId}: ${parsed.error.message}`)
  const order = parsed.data
  // Figures are kept by order and made again by aggregate: they must be the same thing.
  if (order.orderId !== aggregateId) throw new ContractViolation(`${type} ${eventId} is about another order`)
  // As sold: what is left after discounts, of the goods and of the delivery.
  const offLines = order.lines.reduce((sum, line) => sum + BigInt(line.discountMinor), 0n)
  const offShipping = BigInt(order.discountMinor) - offLines
  return {
    orderId: order.orderId,
    eventId,
    number: order.number,
    // A till that was offline tells later what it sold before.
    soldAt: 'soldAt' in order && typeof order.soldAt === 'string' ? new Date(order.soldAt) : occurredAt,
    market: order.marketId,
    channel: order.channel,
    shop: order.shopId,
    currency: order.currency,
    units: order.lines.reduce((sum, line) => sum + line.quantity, 0),
    grossMinor: BigInt(order.subtotalMinor) - offLines,
    taxMinor: BigInt(order.taxMinor),
    shippingMinor: BigInt(order.shippingMinor) - offShipping,
    totalMinor: BigInt(order.totalMinor),
    lines: order.lines.map((line) => ({
      lineId: line.lineId,
      productId: line.productId,
      variantId: line.variantId,
      sku: line.sku,
      name: line.name,
      category: line.category,
      quantity: line.quantity,
      grossMinor: BigInt(line.totalMinor) - BigInt(line.discountMinor),
      taxMinor: BigInt(line.taxMinor),
    })),
  }
}
