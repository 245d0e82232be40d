import { z } from 'zod'
import { defineEvent } from '#platform/events/define-event.ts'
import { minorUnits } from '#platform/events/payloads.ts'

// What orders tells. Amounts are minor units of `currency`.

const orderLine = z.object({
  lineId: z.uuid(),
  variantId: z.uuid(),
  productId: z.uuid(),
  sku: z.string(),
  name: z.string(),
  category: z.string(),
  quantity: z.int().positive(),
  unitPriceMinor: minorUnits,
  totalMinor: minorUnits,
  taxMinor: minorUnits,
})

const order = z.object({
  orderId: z.uuid(),
  number: z.string(),
  customerRef: z.uuid().nullable(),
  marketId: z.string(),
  currency: z.string(),
  channel: z.enum(['WEB', 'MOBILE', 'POS']),
  shopId: z.string().nullable(),
  locale: z.string(),
  subtotalMinor: minorUnits,
  shippingMinor: minorUnits,
  taxMinor: minorUnits,
  taxIncluded: z.boolean(),
  totalMinor: minorUnits,
  placedAt: z.iso.datetime(),
  lines: z.array(orderLine),
})

/** Goods are held for an unpaid order until `expiresAt`. */
export const orderPlaced = defineEvent({
  type: 'order.placed',
  aggregateType: 'order',
  payload: order.extend({ expiresAt: z.iso.datetime(), cartId: z.uuid().nullable() }),
})

/**
 * Comes back, delayed, when the hold of an order ends. A hint: the truth is the order's row, and a sweep finds what no
 * hint told.
 */
export const orderExpiryDue = defineEvent({
  type: 'order.expiry-due',
  aggregateType: 'order-expiry',
  payload: z.object({ orderId: z.uuid() }),
})

/** Paid in full; the goods are committed. */
export const orderConfirmed = defineEvent({ type: 'order.confirmed', aggregateType: 'order', payload: order })

/** Not paid in time; the goods are free again. Payments calls off what is still active. */
export const orderExpired = defineEvent({ type: 'order.expired', aggregateType: 'order', payload: order })

/** Called off; the goods are free again. */
export const orderCanceled = defineEvent({ type: 'order.canceled', aggregateType: 'order', payload: order })

/** Money came for an order that had expired, and the goods were still there: it is confirmed after all. */
export const orderReinstated = defineEvent({
  type: 'order.reinstated',
  aggregateType: 'order',
  payload: order,
})

/** All goods left the house. */
export const orderFulfilled = defineEvent({ type: 'order.fulfilled', aggregateType: 'order', payload: order })

/** Sold in a boutique: goods gone, tenders taken. Payments books the tenders. */
export const saleRecorded = defineEvent({
  type: 'sale.recorded',
  aggregateType: 'order',
  payload: order.extend({
    registerId: z.uuid(),
    clerkRef: z.uuid(),
    soldAt: z.iso.datetime(),
    /** What stays in the till: cash tenders are told without the change. */
    tenders: z.array(z.object({ kind: z.enum(['CASH', 'TERMINAL']), amountMinor: minorUnits })),
  }),
})

/** Money came for an order that can't have it any more (goods gone, or called off): payments gives it back. */
export const orderPaymentRejected = defineEvent({
  type: 'order.payment-rejected',
  aggregateType: 'order',
  payload: z.object({ orderId: z.uuid(), number: z.string(), transactionId: z.uuid(), reason: z.string() }),
})

/** What can be bought of a variant changed. A snapshot over all warehouses that serve a market. */
export const stockChanged = defineEvent({
  type: 'stock.changed',
  aggregateType: 'variant-stock',
  payload: z.object({
    variantId: z.uuid(),
    markets: z.array(z.object({ marketId: z.string(), available: z.int().nonnegative() })),
  }),
})

const delivery = z.object({
  deliveryId: z.uuid(),
  orderId: z.uuid(),
  orderNumber: z.string(),
  customerRef: z.uuid().nullable(),
  courierRef: z.uuid().nullable(),
  status: z.string(),
})

/** A parcel waits for a courier. */
export const deliveryRequested = defineEvent({
  type: 'delivery.requested',
  aggregateType: 'delivery',
  payload: delivery,
})

/** A parcel moved a step on. */
export const deliveryProgressed = defineEvent({
  type: 'delivery.progressed',
  aggregateType: 'delivery',
  payload: delivery,
})

/** Nobody was there. */
export const deliveryAttempted = defineEvent({
  type: 'delivery.attempted',
  aggregateType: 'delivery',
  payload: delivery,
})

/** Handed over. */
export const deliveryDelivered = defineEvent({
  type: 'delivery.delivered',
  aggregateType: 'delivery',
  payload: delivery,
})
