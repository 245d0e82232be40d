import { orderExpiryDue, orderPlaced } from '#contracts/orders.ts'
import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { emit } from '#platform/outbox/emit.ts'
import { fingerprint, once } from '#platform/outbox/idempotency.ts'
import { findMarket } from '../data/find-market.ts'
import { findSellables } from '../data/find-sellables.ts'
import { insertOrder } from '../data/insert-order.ts'
import { nextOrderNumber } from '../data/next-order-number.ts'
import { noteEvents } from '../data/note-event.ts'
import { findShopRoom } from '../data/shop-room.ts'
import type { GoodsPlace } from '../data/take-goods.ts'
import type { Tx } from '../data/tx.ts'
import {
  type Basket,
  largestMinor,
  type MarketRules,
  priceBasket,
  type WantedLine,
} from '../domain/price-basket.ts'
import { hintsLaterMs } from './extend-hold.ts'
import type { GoodsRefusal } from './goods-refusal.ts'
import { holdGoods } from './hold-goods.ts'
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
  expectedTotalMinor: bigint
  locale: string
  idempotencyKey: string
  /** Instead of what the market says; null as a rule. */
  holdMs: number | null
  /** Hash of the secret that opens the order without an account. */
  referenceHashOf(orderId: string): string
}

export type PlaceOrderRefusal =
  | GoodsRefusal
  | { kind: 'InvalidInputError'; message: string; field: string }
  | { kind: 'PriceChangedError'; message: string; currency: string; expected: bigint; actual: bigint }

export function notSoldHere(variantIds: string[]): GoodsRefusal {
  const message = 'Some pieces are not sold in this market. Remove them and try again.'
  return { kind: 'NotSoldHereError', message, variantIds }
}

/**
 * Places an order and holds its goods. The idempotency row comes first: a second caller with the same key waits for the
 * first one's commit and gets its order. A refusal undoes that row as well, so the key can be tried again.
 */
export async function placeOrder(
  tx: Tx,
  request: PlaceOrderRequest,
  refuse: Refuse<PlaceOrderRefusal>,
  now: Date,
): Promise<{ orderId: string }> {
  const { idempotencyKey, customerRef, holdMs: _, referenceHashOf: __, ...asked } = request
  const { result } = await once(
    tx,
    {
      scope: `placeOrder ${customerRef}`,
      key: idempotencyKey,
      fingerprint: fingerprint(asked),
    },
    async () => ({ orderId: await place(tx, request, refuse, now) }),
  )
  return result
}

async function place(
  tx: Tx,
  request: PlaceOrderRequest,
  refuse: Refuse<PlaceOrderRefusal>,
  now: Date,
): Promise<string> {
  const market =
    (await findMarket(tx, request.marketId)) ??
    refuse({ kind: 'InvalidInputError', message: 'There is no such market.', field: 'market' })
  const basket = await priceAsSeen(tx, request, market, refuse, now)
  const goods = await holdGoods(
    tx,
    { customerRef: request.customerRef, lines: request.lines, from: await placeFor(tx, request, refuse) },
    now,
  )
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
  const orderId = uuidv7()
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
    },
    market,
    basket,
    goods: { allotments: goods.allotments, state: 'HELD', at: now },
    to: request.to,
  })
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
  await tellStock(tx, [...request.lines.map((line) => line.variantId), ...goods.released])
  return orderId
}

async function priceAsSeen(
  tx: Tx,
  request: PlaceOrderRequest,
  market: MarketRules,
  refuse: Refuse<PlaceOrderRefusal>,
  now: Date,
): Promise<Basket> {
  const { country } = request.to
  if (!market.countries.includes(country)) {
    refuse({
      kind: 'InvalidInputError',
      message: `This market delivers to ${market.countries.join(', ')}.`,
      field: 'shippingAddress.country',
    })
  }
  const basket = priceBasket({
    market,
    country,
    wanted: request.lines,
    sellables: await findSellables(
      tx,
      request.lines.map((line) => line.variantId),
    ),
    at: now,
    isDelivered: request.to.kind === 'Address',
  })
  if (basket.notSoldHere.length > 0) {
    refuse(notSoldHere(basket.notSoldHere))
  }
  if (basket.totalMinor > largestMinor) {
    refuse({ kind: 'InvalidInputError', message: 'This is more than one order can hold.', field: 'lines' })
  }
  if (basket.totalMinor !== request.expectedTotalMinor) {
    refuse({
      kind: 'PriceChangedError',
      message: 'The total has changed. Look at it again before you order.',
      currency: basket.currency,
      expected: request.expectedTotalMinor,
      actual: basket.totalMinor,
    })
  }
  return basket
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
