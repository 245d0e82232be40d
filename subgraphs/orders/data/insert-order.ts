import { uuidv7 } from '#platform/ids/uuid.ts'
import type { Basket, MarketRules } from '../domain/price-basket.ts'
import { pickTranslation } from '../domain/pick-translation.ts'
import type { Prisma, ReservationState } from './generated/client.ts'
import { linesInOrder, type OrderWithLines } from './lock-order.ts'
import type { Allotment } from './take-goods.ts'
import type { Tx } from './tx.ts'

type FromBasket =
  | 'marketId'
  | 'currency'
  | 'subtotalMinor'
  | 'shippingMinor'
  | 'shippingTaxMinor'
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
    allotments: readonly Allotment[]
    state: ReservationState
    address?: Omit<Prisma.OrderAddressUncheckedCreateInput, 'orderId'>
  },
): Promise<OrderWithLines> {
  const { order, market, basket, address } = options
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
    taxMinor: line.taxMinor,
    taxRatePpm: line.taxRatePpm,
  }))
  const inserted = await tx.order.create({
    data: {
      ...order,
      marketId: market.id,
      currency: basket.currency,
      subtotalMinor: basket.subtotalMinor,
      shippingMinor: basket.shippingMinor,
      shippingTaxMinor: basket.shippingTaxMinor,
      taxMinor: basket.taxMinor,
      taxIncluded: market.pricesIncludeTax,
      totalMinor: basket.totalMinor,
      lines: { createMany: { data: lines } },
      ...(address && { address: { create: address } }),
    },
    include: linesInOrder,
  })
  await reserveFor(tx, inserted, options.allotments, options.state)
  return inserted
}

/** Writes which pieces belong to which line of the order; the counters have moved already. */
export async function reserveFor(
  tx: Tx,
  order: OrderWithLines,
  allotments: readonly Allotment[],
  state: ReservationState,
): Promise<void> {
  const lineOf = new Map(order.lines.map((line) => [line.variantId, line.id]))
  await tx.stockReservation.createMany({
    data: allotments.map((allotment) => {
      const lineId = lineOf.get(allotment.variantId)
      if (lineId === undefined) throw new Error('Goods were taken that no line asks for')
      return { id: uuidv7(), orderId: order.id, lineId, ...allotment, state }
    }),
  })
}
