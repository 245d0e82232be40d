import { parsePage, toConnection } from '#platform/graphql/connection.ts'
import type { ReturnStatus } from '../../data/generated/client.ts'
import { idCursor, type PageArgs } from '../page-args.ts'
import type { Services } from '../services.ts'

export function returns({ database: { prisma } }: Services) {
  return async (_: unknown, args: PageArgs & { status?: ReturnStatus | null }) => {
    const page = parsePage(args, { cursorParts: 1 })
    const after = idCursor(page.after)
    const rows = await prisma.return.findMany({
      where: { ...(args.status && { status: args.status }), ...(after !== null && { id: { gt: after } }) },
      orderBy: { id: 'asc' },
      take: page.limit + 1,
    })
    return toConnection(rows, page.limit, (row) => [row.id])
  }
}
