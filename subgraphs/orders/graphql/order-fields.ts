import { type MoneyOutput, moneyColumns } from '#platform/graphql/money-output.ts'
import type { Order, OrderLine } from '../data/generated/client.ts'
import { nextDeliveryStatuses } from '../domain/delivery-state.ts'
import { nextStaffSteps } from '../domain/order-state.ts'
import { returnableUntil } from '../domain/return-window.ts'
import type { DeliveryWithNumber } from './loaders.ts'
import type { Ctx } from './services.ts'

/** A line knows its currency from its order. */
type LineOfOrder = OrderLine & { currency: string }

const amountOf =
  (column: 'subtotalMinor' | 'shippingMinor' | 'discountMinor' | 'taxMinor' | 'totalMinor') =>
  (order: Order): MoneyOutput =>
    moneyColumns(order.currency, order[column])

export const orderFields = {
  market: (order: Order) => ({ id: order.marketId }),
  shop: (order: Order, _: unknown, { loaders }: Ctx) =>
    order.shopId === null ? null : loaders.shop.load(order.shopId),
  customer: (order: Order) => (order.customerRef === null ? null : { id: order.customerRef }),
  lines: async (order: Order, _: unknown, { loaders }: Ctx): Promise<LineOfOrder[]> => {
    const lines = await loaders.linesOf.load(order.id)
    return lines.map((line) => ({ ...line, currency: order.currency }))
  },
  subtotal: amountOf('subtotalMinor'),
  shipping: amountOf('shippingMinor'),
  discount: amountOf('discountMinor'),
  discounts: async (order: Order, _: unknown, { loaders }: Ctx) =>
    (await loaders.discountsOf.load(order.id)).map(({ amountMinor, ...discount }) => ({
      ...discount,
      amount: moneyColumns(order.currency, amountMinor),
    })),
  shippingMethod: async (order: Order, _: unknown, { loaders }: Ctx) => {
    const shipment = await loaders.shipmentOf.load(order.id)
    return shipment && { ...shipment, id: shipment.methodId }
  },
  tax: amountOf('taxMinor'),
  total: amountOf('totalMinor'),
  shippingAddress: (order: Order, _: unknown, { loaders }: Ctx) => loaders.addressOf.load(order.id),
  pickUpShop: (order: Order, _: unknown, { loaders }: Ctx) =>
    order.pickUpShopId === null ? null : loaders.shop.load(order.pickUpShopId),
  collector: (order: Order, _: unknown, { loaders }: Ctx) =>
    order.pickUpShopId === null ? null : loaders.collectorOf.load(order.id),
  deliveries: (order: Order, _: unknown, { loaders }: Ctx) => loaders.deliveriesOf.load(order.id),
  timeline: (order: Order, _: unknown, { loaders }: Ctx) => loaders.timelineOf.load(order.id),
  returns: (order: Order, _: unknown, { loaders }: Ctx) => loaders.returnsOf.load(order.id),
  returnableUntil: (order: Order) =>
    order.handedOverAt === null ? null : returnableUntil(order.handedOverAt),
  nextSteps: async (order: Order, _: unknown, { loaders }: Ctx) => {
    const parcels = await loaders.deliveriesOf.load(order.id)
    return nextStaffSteps(
      order.status,
      parcels.some(({ status }) => status === 'PENDING' || status === 'READY_FOR_PICKUP'),
    )
  },
}

/** The same order for whoever holds its reference. */
export const referencedOrderFields = {
  lines: orderFields.lines,
  subtotal: orderFields.subtotal,
  shipping: orderFields.shipping,
  discount: orderFields.discount,
  tax: orderFields.tax,
  total: orderFields.total,
  timeline: orderFields.timeline,
  deliveryStatuses: async (order: Order, _: unknown, { loaders }: Ctx) =>
    (await loaders.deliveriesOf.load(order.id)).map((delivery) => delivery.status),
}

export const orderLineFields = {
  variant: (line: LineOfOrder) => ({ id: line.variantId }),
  unitPrice: (line: LineOfOrder) => moneyColumns(line.currency, line.unitPriceMinor),
  total: (line: LineOfOrder) => moneyColumns(line.currency, line.totalMinor),
  discount: (line: LineOfOrder) => moneyColumns(line.currency, line.discountMinor),
  tax: (line: LineOfOrder) => moneyColumns(line.currency, line.taxMinor),
  serials: async (line: LineOfOrder, _: unknown, { loaders }: Ctx) =>
    (await loaders.unitsOf.load(line.id)).map((unit) => unit.serial),
  returnable: async (line: LineOfOrder, _: unknown, { loaders }: Ctx) => {
    const counts = await loaders.lineCountsOf.load(line.orderId)
    const count = counts.find(({ lineId }) => lineId === line.id)
    return count ? count.handedOver - count.claimed : 0
  },
}

export const deliveryFields = {
  orderNumber: (delivery: DeliveryWithNumber) => delivery.order.number,
  address: (delivery: DeliveryWithNumber, _: unknown, { loaders }: Ctx) =>
    loaders.addressOf.load(delivery.orderId),
  collector: (delivery: DeliveryWithNumber, _: unknown, { loaders }: Ctx) =>
    delivery.kind === 'PICKUP' ? loaders.collectorOf.load(delivery.orderId) : null,
  shop: ({ order }: DeliveryWithNumber, _: unknown, { loaders }: Ctx) =>
    order.pickUpShopId === null ? null : loaders.shop.load(order.pickUpShopId),
  nextStatuses: (delivery: DeliveryWithNumber) => nextDeliveryStatuses(delivery.kind, delivery.status),
}
