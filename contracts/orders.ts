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
  /** Before discounts. */
  totalMinor: minorUnits,
  /** What promotions and vouchers take off this line. What was told before there were any has none. */
  discountMinor: minorUnits.default('0'),
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
  /** Sum of the lines before discounts. */
  subtotalMinor: minorUnits,
  /** Before discounts. */
  shippingMinor: minorUnits,
  /** Sum of what is taken off lines and delivery. What was told before there were any has none. */
  discountMinor: minorUnits.default('0'),
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

/** The goods are held longer: once, when the shopper begins to pay, or for the days a bank transfer takes. */
export const orderHoldExtended = defineEvent({
  type: 'order.hold-extended',
  aggregateType: 'order',
  payload: z.object({ orderId: z.uuid(), number: z.string(), expiresAt: z.iso.datetime() }),
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

/**
 * The house owes the shopper money of this order (called off after it was paid, or a part taken back): payments gives it
 * back over the order's charged transactions, the newest first, and releases what was only authorised.
 */
export const orderRefundRequested = defineEvent({
  type: 'order.refund-requested',
  aggregateType: 'order',
  payload: z.object({
    /** The same in every repetition: one refund per id. */
    refundRequestId: z.uuid(),
    orderId: z.uuid(),
    number: z.string(),
    currency: z.string(),
    amountMinor: minorUnits,
    reason: z.string(),
  }),
})

const returned = z.object({
  returnId: z.uuid(),
  orderId: z.uuid(),
  number: z.string(),
  customerRef: z.uuid().nullable(),
  locale: z.string(),
  currency: z.string(),
  lines: z.array(
    z.object({ lineId: z.uuid(), variantId: z.uuid(), sku: z.string(), quantity: z.int().positive() }),
  ),
})

/** The customer wants to give pieces back. */
export const returnRequested = defineEvent({
  type: 'return.requested',
  aggregateType: 'return',
  payload: returned.extend({ reason: z.string() }),
})

/** The customer may send the pieces, or may not. */
export const returnDecided = defineEvent({
  type: 'return.decided',
  aggregateType: 'return',
  payload: returned.extend({ isApproved: z.boolean(), refusal: z.string().nullable() }),
})

/** The pieces are here; `order.refund-requested` tells payments what goes back. */
export const returnReceived = defineEvent({
  type: 'return.received',
  aggregateType: 'return',
  payload: returned.extend({ isRestocked: z.boolean(), refundMinor: minorUnits }),
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

/** A warehouse has fewer pieces of a variant left than it wants to keep. Told once per fall below the mark. */
export const stockLow = defineEvent({
  type: 'stock.low',
  aggregateType: 'stock-level',
  payload: z.object({
    variantId: z.uuid(),
    sku: z.string(),
    warehouseId: z.uuid(),
    warehouseCode: z.string(),
    available: z.int().nonnegative(),
    lowAt: z.int().positive(),
  }),
})

/** A variant can be bought in a market again after it could not. */
export const stockBack = defineEvent({
  type: 'stock.back',
  aggregateType: 'variant-stock',
  payload: z.object({ variantId: z.uuid(), marketIds: z.array(z.string()).min(1) }),
})

/** The invariants of orders and goods do not hold for one order or level. Payments keeps it as a row that support sees. */
export const reconciliationMismatched = defineEvent({
  type: 'reconciliation.mismatched',
  aggregateType: 'reconciliation',
  payload: z.object({
    /** The same for the same mismatch found again. */
    mismatchId: z.uuid(),
    check: z.string(),
    orderId: z.uuid().nullable(),
    detail: z.string(),
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
