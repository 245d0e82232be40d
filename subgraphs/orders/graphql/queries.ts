import { hasRole } from '#platform/auth/identity.ts'
import { forbidden, unauthenticated } from '#platform/errors/errors.ts'
import { parsePage, toConnection } from '#platform/graphql/connection.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { findDeliveriesOf, findOrders } from '../data/find-order-pages.ts'
import { findTariffs } from '../data/find-tariffs.ts'
import { findVoucherPage } from '../data/find-voucher-page.ts'
import type { OrderStatus } from '../data/generated/client.ts'
import { idCursor, invalidCursor, type PageArgs } from './page-args.ts'
import { exportOrders } from './queries/export-orders.ts'
import { orderByReference } from './queries/order-by-reference.ts'
import { returns } from './queries/returns.ts'
import { isMarketCode } from './market-code.ts'
import { readVoucherFilter, type VoucherFilterArgs } from './voucher-filter.ts'
import type { Ctx, Services } from './services.ts'

export function createQueries(services: Services) {
  const { prisma } = services.database
  return {
    exportOrders: exportOrders(services),
    orderByReference: orderByReference(services),
    returns: returns(services),
    order: async (_: unknown, { id }: { id: string }, { identity, loaders }: Ctx) => {
      const order = isUuid(id) ? await loaders.order.load(id.toLowerCase()) : null
      if (!order || !identity) return null
      const maySee =
        order.customerRef === identity.userId ||
        hasRole(identity, 'SUPPORT', 'CLERK', 'SHOP_MANAGER', 'ADMIN')
      return maySee ? order : null
    },
    orderByNumber: (_: unknown, { number }: { number: string }) =>
      /^[A-Za-z0-9-]{1,40}$/.test(number) ? prisma.order.findUnique({ where: { number } }) : null,
    orders: async (_: unknown, args: PageArgs & { status?: OrderStatus | null }) => {
      const page = parsePage(args, { cursorParts: 1 })
      const after = idCursor(page.after)
      const rows = await findOrders(prisma, { limit: page.limit, after, status: args.status ?? null })
      return toConnection(rows, page.limit, (order) => [order.id])
    },
    vouchers: async (_: unknown, args: PageArgs & VoucherFilterArgs) => {
      const page = parsePage(args, { cursorParts: 1 })
      const after = idCursor(page.after)
      const filter = readVoucherFilter(args)
      const rows = filter ? await findVoucherPage(prisma, { limit: page.limit, after, ...filter }) : []
      return toConnection(rows, page.limit, (voucher) => [voucher.id])
    },
    shippingMethods: (_: unknown, { market }: { market: string }) =>
      isMarketCode(market) ? findTariffs(prisma, market) : [],
    // Boutiques are few; a hundred is the bound of every list.
    shops: () => prisma.shop.findMany({ orderBy: { code: 'asc' }, take: 100 }),
    myDeliveries: async (_: unknown, args: PageArgs, { identity }: Ctx) => {
      if (!identity) throw unauthenticated()
      const page = parsePage(args, { cursorParts: 2 })
      const rows = await findDeliveriesOf(prisma, {
        of: { courierRef: identity.userId },
        limit: page.limit,
        after: deliveryCursor(page.after),
      })
      return toConnection(rows, page.limit, deliveryKey)
    },
    pickUps: async (_: unknown, args: PageArgs & { shopId: string }, { identity }: Ctx) => {
      if (!identity) throw unauthenticated()
      const shopId = args.shopId.toLowerCase()
      const mayLook = identity.shopIds.length === 0 || identity.shopIds.includes(shopId)
      if (!mayLook) throw forbidden('This boutique is not yours.')
      const page = parsePage(args, { cursorParts: 2 })
      if (!isUuid(shopId)) return toConnection([], page.limit, deliveryKey)
      const rows = await findDeliveriesOf(prisma, {
        of: { order: { pickUpShopId: shopId } },
        limit: page.limit,
        after: deliveryCursor(page.after),
      })
      return toConnection(rows, page.limit, deliveryKey)
    },
  }
}

const deliveryKey = (delivery: { isOpen: boolean; id: string }) => [delivery.isOpen ? 1 : 0, delivery.id]

function deliveryCursor(key: readonly (string | number)[] | null): { isOpen: boolean; id: string } | null {
  if (key === null) return null
  const [isOpen, id] = key
  if (typeof id !== 'string' || !isUuid(id)) throw invalidCursor()
  return { isOpen: isOpen === 1, id }
}
