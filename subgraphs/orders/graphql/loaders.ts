import DataLoader from 'dataloader'
import { isUuid } from '#platform/ids/uuid.ts'
import type { Clock } from '#platform/time/clock.ts'
import { rowBy, rowById, rowsBy, valueBy } from '#platform/graphql/row-loaders.ts'
import { countLines } from '../data/count-lines.ts'
import { findAvailability } from '../data/find-availability.ts'
import { findAvailabilityInShops } from '../data/find-availability-in-shops.ts'
import { findLevels } from '../data/find-stock.ts'
import { findMarkets } from '../data/find-market.ts'
import type { LevelKey } from '../data/lock-levels.ts'
import { findOrdersOf, type OrdersPage } from '../data/find-orders-of.ts'
import { findPromotions } from '../data/find-promotions.ts'
import { findSellables } from '../data/find-sellables.ts'
import { isRunning } from '../domain/pricing/promotion.ts'
import type { Delivery, PrismaClient, Register, Shop } from '../data/generated/client.ts'

/** The last steps of a piece's life that are told. */
const mostSteps = 100

export type DeliveryWithNumber = Delivery & { order: { number: string; pickUpShopId: string | null } }
export type RegisterWithShop = Register & { shop: Shop }

export type Loaders = ReturnType<typeof createLoaders>

/** Everything a resolver reads by key: one statement for all that one step of an operation asks, however many. */
export function createLoaders(prisma: PrismaClient, clock: Clock) {
  const withNumber = { order: { select: { number: true, pickUpShopId: true } } } as const
  return {
    market: valueBy((ids) => findMarkets(prisma, ids)),
    /** The promotions of a market that run now and need no voucher. */
    promotionsOf: valueBy(async (marketIds) => {
      const now = clock.now()
      const running = await findPromotions(prisma, marketIds, now)
      return new Map(marketIds.map((id) => [id, running.filter((each) => isRunning(each, id, now))]))
    }),
    sellable: valueBy((ids) => findSellables(prisma, ids)),
    availability: new DataLoader(
      (asked: readonly { variantId: string; marketId: string }[]) => findAvailability(prisma, asked),
      { cacheKeyFn: (pair) => `${pair.variantId} ${pair.marketId}` },
    ),
    availabilityInShops: new DataLoader(
      (asked: readonly { variantId: string; marketId: string }[]) => findAvailabilityInShops(prisma, asked),
      { cacheKeyFn: (pair) => `${pair.variantId} ${pair.marketId}` },
    ),
    promotion: rowById((ids) => prisma.promotion.findMany({ where: { id: { in: ids } } })),
    order: rowById((ids) => prisma.order.findMany({ where: { id: { in: ids } } })),
    linesOf: rowsBy(
      (orderIds) =>
        prisma.orderLine.findMany({
          where: { orderId: { in: orderIds } },
          orderBy: [{ orderId: 'asc' }, { position: 'asc' }],
        }),
      (line) => line.orderId,
    ),
    discountsOf: rowsBy(
      (orderIds) =>
        prisma.orderDiscount.findMany({
          where: { orderId: { in: orderIds } },
          orderBy: [{ orderId: 'asc' }, { position: 'asc' }],
        }),
      (discount) => discount.orderId,
    ),
    shipmentOf: rowBy(
      (orderIds) => prisma.orderShipping.findMany({ where: { orderId: { in: orderIds } } }),
      (shipment) => shipment.orderId,
    ),
    addressOf: rowBy(
      (orderIds) => prisma.orderAddress.findMany({ where: { orderId: { in: orderIds } } }),
      (address) => address.orderId,
    ),
    collectorOf: rowBy(
      (orderIds) => prisma.orderCollector.findMany({ where: { orderId: { in: orderIds } } }),
      (collector) => collector.orderId,
    ),
    unitsOf: rowsBy(
      (lineIds) =>
        prisma.stockUnit.findMany({ where: { lineId: { in: lineIds } }, orderBy: { serial: 'asc' } }),
      (unit) => unit.lineId,
    ),
    timelineOf: rowsBy(
      (orderIds) =>
        prisma.orderEvent.findMany({ where: { orderId: { in: orderIds } }, orderBy: { id: 'asc' } }),
      (event) => event.orderId,
    ),
    deliveriesOf: rowsBy<DeliveryWithNumber>(
      (orderIds) =>
        prisma.delivery.findMany({
          where: { orderId: { in: orderIds } },
          include: withNumber,
          orderBy: { id: 'asc' },
        }),
      (delivery) => delivery.orderId,
    ),
    delivery: rowById<DeliveryWithNumber>((ids) =>
      prisma.delivery.findMany({ where: { id: { in: ids } }, include: withNumber }),
    ),
    orderLine: rowById((ids) => prisma.orderLine.findMany({ where: { id: { in: ids } } })),
    lineCountsOf: rowsBy(
      (orderIds) => countLines(prisma, orderIds),
      (count) => count.orderId,
    ),
    return: rowById((ids) => prisma.return.findMany({ where: { id: { in: ids } } })),
    returnsOf: rowsBy(
      (orderIds) => prisma.return.findMany({ where: { orderId: { in: orderIds } }, orderBy: { id: 'asc' } }),
      (found) => found.orderId,
    ),
    returnLinesOf: rowsBy(
      (returnIds) =>
        prisma.returnLine.findMany({ where: { returnId: { in: returnIds } }, orderBy: { lineId: 'asc' } }),
      (line) => line.returnId,
    ),
    warehouse: rowById((ids) => prisma.warehouse.findMany({ where: { id: { in: ids.filter(isUuid) } } })),
    stockLevel: new DataLoader((keys: readonly LevelKey[]) => findLevels(prisma, keys), {
      cacheKeyFn: (key) => `${key.variantId} ${key.warehouseId}`,
    }),
    transfer: rowById((ids) => prisma.stockTransfer.findMany({ where: { id: { in: ids } } })),
    transferLinesOf: rowsBy(
      (transferIds) =>
        prisma.stockTransferLine.findMany({
          where: { transferId: { in: transferIds } },
          orderBy: [{ transferId: 'asc' }, { variantId: 'asc' }],
        }),
      (line) => line.transferId,
    ),
    travellingUnitsOf: rowsBy(
      (transferIds) =>
        prisma.stockUnit.findMany({
          where: { transferId: { in: transferIds } },
          orderBy: { serial: 'asc' },
        }),
      (unit) => unit.transferId,
    ),
    stepsOf: rowsBy(
      async (unitIds) => {
        // Each unit's own last steps: one unit must not crowd out another.
        const steps = await prisma.$queryRaw<{ id: bigint }[]>`
          SELECT e.id FROM unnest(${unitIds}::uuid[]) AS u (id)
           CROSS JOIN LATERAL (
             SELECT id FROM stock_unit_events WHERE unit_id = u.id ORDER BY id DESC LIMIT ${mostSteps}) e`
        return prisma.stockUnitEvent.findMany({
          where: { id: { in: steps.map((step) => step.id) } },
          orderBy: { id: 'asc' },
        })
      },
      (step) => step.unitId,
    ),
    shop: rowById((ids) => prisma.shop.findMany({ where: { id: { in: ids } } })),
    register: rowById<RegisterWithShop>((ids) =>
      prisma.register.findMany({ where: { id: { in: ids } }, include: { shop: true } }),
    ),
    registersOf: rowsBy(
      (shopIds) => prisma.register.findMany({ where: { shopId: { in: shopIds } }, orderBy: { code: 'asc' } }),
      (register) => register.shopId,
    ),
    ordersOf: new DataLoader((pages: readonly OrdersPage[]) => findOrdersOf(prisma, pages), {
      cacheKeyFn: (page) => `${page.customerRef} ${String(page.limit)} ${page.after ?? ''}`,
    }),
  }
}
