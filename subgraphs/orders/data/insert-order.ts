import { insertReturning, insertRows, type NewRows } from '#platform/database/rows.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import type { MarketRules } from '../domain/pricing/market-rules.ts'
import type { Basket } from '../domain/pricing/price-basket.ts'
import { pickTranslation } from '../domain/pick-translation.ts'
import type { ShippingChoice } from '../domain/pricing/shipping.ts'
import { type Order, Prisma } from './generated/client.ts'
import type { OrderWithLines } from './lock-order.ts'
import { pickUnits } from './pick-units.ts'
import type { TakenPieces } from './take-goods.ts'
import type { Tx } from './tx.ts'

type FromBasket =
  | 'marketId'
  | 'currency'
  | 'subtotalMinor'
  | 'shippingMinor'
  | 'shippingTaxMinor'
  | 'discountMinor'
  | 'taxMinor'
  | 'taxIncluded'
  | 'totalMinor'

/** Writes an order as it was priced, with the pieces taken for it. */
export async function insertOrder(
  tx: Tx,
  options: {
    order: Omit<Prisma.OrderUncheckedCreateInput, FromBasket> & { id: string }
    market: MarketRules
    basket: Basket
    goods: GoodsOfOrder
    to?: OrderTo
  },
): Promise<OrderWithLines> {
  const { order, market, basket, to } = options
  const lines = basket.lines.map((line, position) => ({
    id: uuidv7(),
    position,
    variantId: line.variantId,
    productId: line.sellable.productId,
    sku: line.sellable.sku,
    name: pickTranslation(line.sellable.names, order.locale),
    optionsLabel: pickTranslation(line.sellable.optionsLabels, order.locale),
    imageUrl: line.sellable.imageUrl,
    category: line.sellable.category,
    quantity: line.quantity,
    unitPriceMinor: line.unitPriceMinor,
    totalMinor: line.totalMinor,
    discountMinor: line.discountMinor,
    taxMinor: line.taxMinor,
    taxRatePpm: line.taxRatePpm,
    isGift: line.isGift,
  }))
  const orderId = order.id
  const [inserted] = await insertReturning<Order>(tx, {
    table: 'orders',
    fields: Prisma.OrderScalarFieldEnum,
    rows: [
      {
        ...order,
        marketId: market.id,
        currency: basket.currency,
        subtotalMinor: basket.subtotalMinor,
        shippingMinor: basket.shippingMinor,
        shippingTaxMinor: basket.shippingTaxMinor,
        discountMinor: basket.discountMinor,
        taxMinor: basket.taxMinor,
        taxIncluded: market.pricesIncludeTax,
        totalMinor: basket.totalMinor,
      },
    ],
  })
  if (!inserted) throw new Error('The order was not written')
  const written = { ...inserted, lines: lines.map((line) => ({ ...line, orderId })) }
  const reservations = reservationsFor(written, options.goods)
  await insertRows(tx, [
    { table: 'order_lines', rows: written.lines },
    { table: 'stock_reservations', rows: reservations.map(({ row }) => row) },
    ...rowsOfDestination(orderId, to),
    {
      table: 'order_discounts',
      rows: discountRows(basket, lines, order.locale).map((row) => ({ ...row, orderId })),
    },
    {
      table: 'order_shippings',
      rows: basket.shipping ? [{ orderId, ...shipmentRow(basket.shipping, order.locale) }] : [],
    },
  ])
  await pickNumbered(tx, reservations, { ...options.goods, orderId })
  return written
}

/** Where it goes or who collects it: personal data, kept apart. */
export type OrderTo =
  | ({ kind: 'Address' } & Omit<Prisma.OrderAddressUncheckedCreateInput, 'orderId'>)
  | { kind: 'Shop'; name: string; phone: string | null }

function rowsOfDestination(orderId: string, to: OrderTo | undefined): NewRows[] {
  if (!to) return []
  if (to.kind === 'Shop') {
    // Of the boutique the order itself knows more than whom to expect.
    const { name, phone } = to
    return [{ table: 'order_collectors', rows: [{ orderId, name, phone }] }]
  }
  const { kind: _, ...address } = to
  return [{ table: 'order_addresses', rows: [{ orderId, ...address }] }]
}

/** What was taken from the levels for an order. */
export interface GoodsOfOrder {
  allotments: readonly TakenPieces[]
  state: 'HELD' | 'COMMITTED' | 'FULFILLED'
  /** Pieces to take by their serials; the others are picked. */
  serials?: readonly string[]
  at: Date
}

const unitState = { HELD: 'RESERVED', COMMITTED: 'COMMITTED', FULFILLED: 'SOLD' } as const

/** Why each line and the delivery cost less, as it is named now. */
function discountRows(basket: Basket, lines: readonly { id: string }[], locale: string) {
  const explained = [
    ...basket.lines.flatMap((line, index) =>
      line.discounts.map((discount) => ({ ...discount, lineId: lines[index]?.id ?? null })),
    ),
    ...basket.shippingDiscounts.map((discount) => ({ ...discount, lineId: null })),
  ]
  return explained.map(({ names, ...discount }, position) => ({
    ...discount,
    position,
    name: pickTranslation(names, locale),
  }))
}

function shipmentRow({ method }: ShippingChoice, locale: string) {
  return { methodId: method.id, kind: method.kind, name: pickTranslation(method.names, locale) }
}

/** Writes which pieces belong to which line of the order; the counters have moved already. */
export async function reserveFor(tx: Tx, order: OrderWithLines, goods: GoodsOfOrder): Promise<void> {
  const reservations = reservationsFor(order, goods)
  await insertRows(tx, [{ table: 'stock_reservations', rows: reservations.map(({ row }) => row) }])
  await pickNumbered(tx, reservations, { ...goods, orderId: order.id })
}

/** A variant has two lines when it is bought and given as well: its pieces go to the one, then to the other. */
function reservationsFor(order: OrderWithLines, { allotments, state }: GoodsOfOrder) {
  const open = order.lines.map((line) => ({ ...line, missing: line.quantity }))
  return allotments.flatMap(({ isSerialized, ...allotment }) => {
    let left = allotment.quantity
    const rows = open.flatMap((line) => {
      const quantity = line.variantId === allotment.variantId ? Math.min(left, line.missing) : 0
      if (quantity === 0) return []
      line.missing -= quantity
      left -= quantity
      return [{ id: uuidv7(), orderId: order.id, lineId: line.id, ...allotment, quantity, state }]
    })
    if (left > 0) throw new Error('Goods were taken that no line asks for')
    return rows.map((row) => ({ isSerialized, row }))
  })
}

async function pickNumbered(
  tx: Tx,
  reservations: ReturnType<typeof reservationsFor>,
  { state, serials, orderId, at }: GoodsOfOrder & { orderId: string },
): Promise<void> {
  const numbered = reservations.filter(({ isSerialized }) => isSerialized)
  if (numbered.length === 0) return
  await pickUnits(
    tx,
    numbered.map(({ row }) => ({ ...row, reservationId: row.id })),
    { state: unitState[state], orderId, at, ...(serials && { serials }) },
  )
}
