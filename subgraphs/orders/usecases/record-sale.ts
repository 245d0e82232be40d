import { saleRecorded } from '#contracts/orders.ts'
import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { emit } from '#platform/outbox/emit.ts'
import { fingerprint, once } from '#platform/outbox/idempotency.ts'
import { findMarket } from '../data/find-market.ts'
import { insertOrder } from '../data/insert-order.ts'
import { nextOrderNumber } from '../data/next-order-number.ts'
import { noteEvents } from '../data/note-event.ts'
import { recordMovements } from '../data/stock-ledger.ts'
import { getShopRoom } from '../data/shop-room.ts'
import { takeGoods } from '../data/take-goods.ts'
import type { Tx } from '../data/tx.ts'
import type { Register, Shop } from '../data/generated/client.ts'
import type { MarketRules } from '../domain/pricing/market-rules.ts'
import { type Basket, largestMinor, type WantedLine } from '../domain/pricing/price-basket.ts'
import { settleTenders, type Tender } from '../domain/settle-tenders.ts'
import { findPrice, sourcesOf } from './find-price.ts'
import type { GoodsRefusal } from './goods-refusal.ts'
import { toOrderPayload } from './tell-order.ts'
import { tellStock } from './tell-stock.ts'

export interface RecordSaleRequest {
  register: Register & { shop: Shop }
  clerkRef: string
  /** One per variant. */
  lines: WantedLine[]
  /** Pieces sold by their numbers; each is of one of the lines. */
  serials: string[]
  tenders: Tender[]
  soldAt: Date
  idempotencyKey: string
}

export type RecordSaleRefusal =
  | GoodsRefusal
  | { kind: 'InvalidInputError'; message: string; field: string }
  | { kind: 'TenderMismatchError'; message: string; currency: string; due: bigint }

export function notSoldHere(variantIds: string[]): GoodsRefusal {
  const message = 'Some pieces are not sold here. Remove them from the sale.'
  return { kind: 'NotSoldHereError', message, variantIds }
}

interface Sale {
  orderId: string
  changeMinor: string
}

/**
 * Records what was sold over the counter: goods gone from the boutique's own room, tenders taken, order fulfilled and
 * paid at once. The key belongs to the till, so that a sale replayed by another clerk's shift is still the same sale.
 */
export async function recordSale(
  tx: Tx,
  request: RecordSaleRequest,
  refuse: Refuse<RecordSaleRefusal>,
  now: Date,
): Promise<Sale> {
  const { lines, tenders, soldAt } = request
  const { result } = await once<Sale>(
    tx,
    {
      scope: `recordSale ${request.register.id}`,
      key: request.idempotencyKey,
      fingerprint: fingerprint({ lines, tenders, soldAt }),
    },
    () => sell(tx, request, refuse, now),
  )
  return result
}

async function sell(
  tx: Tx,
  request: RecordSaleRequest,
  refuse: Refuse<RecordSaleRefusal>,
  now: Date,
): Promise<Sale> {
  const { shop } = request.register
  const market = await findMarket(tx, shop.marketId)
  if (!market)
    throw new Error(`Shop ${shop.code} sells in market ${shop.marketId}, which orders has not heard of`)
  const basket = await priceInShop(tx, request, market, now)
  if (basket.notSoldHere.length > 0) {
    refuse(notSoldHere(basket.notSoldHere))
  }
  if (basket.totalMinor > largestMinor) {
    refuse({ kind: 'InvalidInputError', message: 'This is more than one sale can hold.', field: 'lines' })
  }
  const settled = settleTenders(basket.totalMinor, request.tenders)
  if (settled.kind === 'TenderMismatchError') {
    return refuse({
      kind: 'TenderMismatchError',
      message: 'The tenders must cover the total, and change is given from cash only.',
      currency: basket.currency,
      due: basket.totalMinor,
    })
  }
  const goods = await takeFromShop(tx, request)
  if (goods.kind === 'Short') {
    return refuse({
      kind: 'OutOfStockError',
      message: 'The books say there are fewer pieces here. Count them, then sell.',
      lines: goods.lines,
    })
  }
  const orderId = uuidv7()
  const order = await insertOrder(tx, {
    order: {
      id: orderId,
      number: await nextOrderNumber(tx, market.id),
      idempotencyKey: `${request.register.id} ${request.idempotencyKey}`,
      locale: market.locales[0] ?? 'en',
      channel: 'POS',
      shopId: shop.id,
      registerId: request.register.id,
      clerkRef: request.clerkRef,
      status: 'FULFILLED',
      chargeStatus: 'FULL',
      authorizeStatus: 'FULL',
      tenderedMinor: basket.totalMinor,
      placedAt: request.soldAt,
      handedOverAt: request.soldAt,
    },
    market,
    basket,
    goods: { allotments: goods.allotments, state: 'FULFILLED', serials: request.serials, at: now },
  })
  await refuseUnlessSold(tx, { orderId, serials: request.serials }, refuse)
  await tx.orderTender.createMany({
    data: settled.kept.map((tender, position) => ({ orderId, position, ...tender })),
  })
  await recordMovements(
    tx,
    goods.allotments.map((taken) => ({ ...taken, quantity: -taken.quantity })),
    { reason: 'SOLD', reference: orderId, at: now },
  )
  const message = `Sold at ${request.register.code}; the goods were carried out.`
  await noteEvents(tx, [{ orderId, at: request.soldAt, type: 'sale.recorded', message, actor: 'staff' }])
  await emit(tx, saleRecorded, {
    aggregateId: orderId,
    market: market.id,
    payload: {
      ...toOrderPayload(order),
      registerId: request.register.id,
      clerkRef: request.clerkRef,
      soldAt: request.soldAt.toISOString(),
      tenders: settled.kept.map((tender) => ({ ...tender, amountMinor: tender.amountMinor.toString() })),
    },
  })
  await tellStock(
    tx,
    request.lines.map((line) => line.variantId),
  )
  return { orderId, changeMinor: settled.changeMinor.toString() }
}

/**
 * At the price of the moment it was sold; a till whose clock runs behind the first price gets today's. Nothing is given on
 * top: the till must know what it hands over.
 */
async function priceInShop(
  tx: Tx,
  request: RecordSaleRequest,
  market: MarketRules,
  now: Date,
): Promise<Basket> {
  const { country } = request.register.shop
  const price = async (at: Date) => {
    const sources = sourcesOf(tx, { marketId: market.id, customerRef: null, at, givesGifts: false })
    const asked = { market, country, wanted: request.lines, voucherCodes: [], at, delivery: null }
    return (await findPrice(sources, asked)).basket
  }
  const then = await price(request.soldAt)
  return then.notSoldHere.length > 0 ? await price(now) : then
}

async function takeFromShop(tx: Tx, { register, lines }: RecordSaleRequest) {
  const warehouseId = await getShopRoom(tx, register.shopId)
  return await takeGoods(tx, lines, { warehouseId, isOnline: false }, 'gone')
}

/** The pieces that were named must be the pieces that went. */
async function refuseUnlessSold(
  tx: Tx,
  sale: { orderId: string; serials: readonly string[] },
  refuse: Refuse<RecordSaleRefusal>,
): Promise<void> {
  if (sale.serials.length === 0) return
  const sold = await tx.stockUnit.findMany({
    where: { serial: { in: [...sale.serials] }, reservation: { orderId: sale.orderId } },
    select: { serial: true },
  })
  const missing = sale.serials.filter((serial) => !sold.some((unit) => unit.serial === serial))
  if (missing.length === 0) return
  refuse({
    kind: 'InvalidInputError',
    message: `Not here, or not of this sale: ${missing.join(', ')}.`,
    field: 'serials',
  })
}
