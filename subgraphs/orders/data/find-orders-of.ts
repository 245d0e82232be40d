import type { Order, PrismaClient } from './generated/client.ts'

export interface OrdersPage {
  customerRef: string
  limit: number
  /** The order before the page. */
  after: string | null
}

/** Each page's orders, newest first, and one more when more follow. Two statements for all pages. */
export async function findOrdersOf(prisma: PrismaClient, pages: readonly OrdersPage[]): Promise<Order[][]> {
  const found = await prisma.$queryRaw<{ page: bigint; id: string }[]>`
    SELECT asked.page, o.id
      FROM unnest(${pages.map((page) => page.customerRef)}::uuid[], ${pages.map((page) => page.limit + 1)}::int[],
                  ${pages.map((page) => page.after)}::uuid[]) WITH ORDINALITY
           AS asked (customer_ref, size, after, page)
     CROSS JOIN LATERAL (
       SELECT id FROM orders
        WHERE customer_ref = asked.customer_ref AND (asked.after IS NULL OR id < asked.after)
        ORDER BY id DESC LIMIT asked.size) o
     ORDER BY asked.page, o.id DESC`
  const rows = await prisma.order.findMany({ where: { id: { in: found.map((row) => row.id) } } })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return pages.map((_, index) =>
    found.filter((row) => Number(row.page) === index + 1).flatMap((row) => byId.get(row.id) ?? []),
  )
}
