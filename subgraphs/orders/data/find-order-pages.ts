import type { Delivery, Order, OrderStatus, PrismaClient } from './generated/client.ts'

/** All orders, newest first, and one more than the limit when more follow. */
export async function findOrders(
  prisma: PrismaClient,
  page: { limit: number; after: string | null; status: OrderStatus | null },
): Promise<Order[]> {
  return await prisma.order.findMany({
    where: {
      ...(page.status !== null && { status: page.status }),
      ...(page.after !== null && { id: { lt: page.after } }),
    },
    orderBy: { id: 'desc' },
    take: page.limit + 1,
  })
}

/** A courier's parcels, or a boutique's: the open ones first, each kind in the order it was asked for; one more when more follow. */
export async function findDeliveriesOf(
  prisma: PrismaClient,
  page: {
    of: { courierRef: string } | { order: { pickUpShopId: string } }
    limit: number
    after: { isOpen: boolean; id: string } | null
  },
): Promise<(Delivery & { order: { number: string; pickUpShopId: string | null } })[]> {
  const { after } = page
  return await prisma.delivery.findMany({
    where: {
      ...page.of,
      ...(after && {
        OR: [{ isOpen: after.isOpen, id: { gt: after.id } }, ...(after.isOpen ? [{ isOpen: false }] : [])],
      }),
    },
    include: { order: { select: { number: true, pickUpShopId: true } } },
    orderBy: [{ isOpen: 'desc' }, { id: 'asc' }],
    take: page.limit + 1,
  })
}
