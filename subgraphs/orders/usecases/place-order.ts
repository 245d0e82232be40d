import { orderExpiryDue, orderPlaced } from '#contracts/orders.ts'
import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { emit } from '#platform/outbox/emit.ts'
import { fingerprint, onceFor } from '#platform/outbox/idempotency.ts'
import type { Order } from '../data/generated/client.ts'
import { findMarket } from '../data/find-market.ts'
import { insertOrder } from '../data/insert-order.ts'
import { nextOrderNumber } from '../data/next-order-number.ts'
import { noteEvents } from '../data/note-event.ts'
import { findShopRoom } from '../data/shop-room.ts'
import type { GoodsPlace } from '../data/take-goods.ts'
import type { Tx } from '../data/tx.ts'
import type { WantedLine } from '../domain/pricing/price-basket.ts'
import { confirmOrder } from './confirm-order.ts'
import { hintsLaterMs } from './extend-hold.ts'
import { foldPayments } from './fold-payments.ts'
import { holdBasket } from './hold-basket.ts'
import { priceAsSeen, type PriceRefusal, vouchersInUse } from './price-as-seen.ts'
import { freeOwnVouchers, redeemVouchers } from './redeem-vouchers.ts'
import { toOrderPayload } from './tell-order.ts'
import { tellStock } from './tell-stock.ts'

/** Where an order goes: to an address, or to a boutique of the market, where somebody collects it. */
export type Destination =
  | {
      kind: 'Address'
      name: string
      lines: string[]
      city: string
      region: string | null
      postalCode: string | null
      country: string
      phone: string | null
    }
  | { kind: 'Shop'; shopId: string; country: string; name: string; phone: string | null }

export interface PlaceOrderRequest {
  customerRef: string
  cartId: string | null
  marketId: string
  /** One per variant. */
  lines: WantedLine[]
  to: Destination
  /** Whether the goods may come in several parcels. */
  allowsSplit: boolean
  /** As they were typed. */
  voucherCodes: string[]
  /** Null: the first that serves the order. */
  shippingMethodId: string | null
  expectedTotalMinor: bigint
  locale: string
  idempotencyKey: string
  /** Instead of what the market says; null as a rule. */
  holdMs: number | null
  /** Who gets the parcels of an order that costs nothing. */
  courierRef: string | null
  /** Hash of the secret that opens the order without an account. */
  referenceHashOf(orderId: string): string
}

export type PlaceOrderRefusal = PriceRefusal

/**
 * Places an order and holds its goods. The idempotency row comes first: a second caller with the same key waits for the
 * first one's commit and gets its order. A refusal undoes that row as well, so the key can be tried again. `order` is null in
 * a repetition: it has changed since.
 */
export async function placeOrder(
  tx: Tx,
  request: PlaceOrderRequest,
  refuse: Refuse<PlaceOrderRefusal>,
  now: Date,
): Promise<{ orderId: string; order: Order | null }> {
  const { idempotencyKey, customerRef, holdMs: _, courierRef: __, referenceHashOf: ___, ...asked } = request
  let order: Order | null = null
  const { result } = await onceFor(
    tx,
    {
      scope: `placeOrder ${customerRef}`,
      key: idempotencyKey,
      fingerprint: fingerprint(asked),
      result: { orderId: uuidv7() },
    },
    async ({ orderId }) => {
      order = await place(tx, { ...request, orderId }, refuse, now)
    },
  )
  return { ...result, order }
}

async function place(
  tx: Tx,
  { orderId, ...request }: PlaceOrderRequest & { orderId: string },
  refuse: Refuse<PlaceOrderRefusal>,
  now: Date,
): Promise<Order> {
  const market =
    (await findMarket(tx, request.marketId)) ??
    refuse({ kind: 'InvalidInputError', message: 'There is no such market.', field: 'market' })
  const seen = await priceAsSeen(tx, request, market, refuse, now)
  const freed = await freeOwnVouchers(tx, request.customerRef, vouchersInUse(seen, refuse), now)
  const from = await placeFor(tx, request, refuse)
  const { basket, goods } = await holdBasket(tx, { ...request, basket: seen.basket, from }, now)
  if (goods.kind === 'Short') {
    return refuse({
      kind: 'OutOfStockError',
      message:
        request.to.kind === 'Shop'
          ? 'This boutique has too few of some pieces. Choose another one, take fewer, or have them sent.'
          : 'Some pieces are no longer there. Take fewer of them, or remove them, and try again.',
      lines: goods.lines,
    })
  }
  const vouchers = vouchersInUse({ ...seen, basket }, refuse)
  const holdMs = request.holdMs ?? market.reservationMinutes * 60_000
  const expiresAt = new Date(now.getTime() + holdMs)
  const number = await nextOrderNumber(tx, market.id)
  const order = await insertOrder(tx, {
    order: {
      id: orderId,
      number,
      idempotencyKey: `${request.customerRef} ${request.idempotencyKey}`,
      locale: request.locale,
      channel: 'WEB',
      customerRef: request.customerRef,
      cartId: request.cartId,
      pickUpShopId: request.to.kind === 'Shop' ? request.to.shopId : null,
      allowsSplit: request.allowsSplit,
      referenceHash: request.referenceHashOf(orderId),
      status: 'UNCONFIRMED',
      chargeStatus: 'NONE',
      expiresAt,
      placedAt: now,
      hasVouchers: vouchers.length > 0,
    },
    market,
    basket,
    goods: { allotments: goods.allotments, state: 'HELD', at: now },
    to: request.to,
  })
  await redeemVouchers(tx, { id: orderId, customerRef: request.customerRef }, vouchers, refuse)
  await noteEvents(tx, [
    {
      orderId,
      at: now,
      type: 'order.placed',
      message: `Placed; the goods are held until ${expiresAt.toISOString()}.`,
      actor: 'customer',
    },
  ])
  await emit(tx, orderPlaced, {
    aggregateId: orderId,
    market: market.id,
    payload: { ...toOrderPayload(order), expiresAt: expiresAt.toISOString(), cartId: request.cartId },
  })
  await emit(tx, orderExpiryDue, {
    aggregateId: orderId,
    market: market.id,
    payload: { orderId },
    delayMs: holdMs + hintsLaterMs,
  })
  if (order.totalMinor === 0n) {
    // Nobody will ever pay it: it is the customer's at once.
    await foldPayments(tx, order, [])
    const because = 'There is nothing to pay.'
    await confirmOrder(tx, order, { now, courierRef: request.courierRef, because })
  }
  await tellStock(tx, [...basket.lines.map((line) => line.variantId), ...goods.released, ...freed])
  return order.totalMinor === 0n ? await tx.order.findUniqueOrThrow({ where: { id: orderId } }) : order
}

async function placeFor(
  tx: Tx,
  { to, marketId, allowsSplit }: PlaceOrderRequest,
  refuse: Refuse<PlaceOrderRefusal>,
): Promise<GoodsPlace> {
  if (to.kind === 'Address') return { market: marketId, country: to.country, allowsSplit }
  const room =
    (await findShopRoom(tx, to.shopId)) ??
    refuse({
      kind: 'InvalidInputError',
      message: 'Nothing can be collected in this boutique.',
      field: 'pickUpShopId',
    })
  return { warehouseId: room, isOnline: true }
}
