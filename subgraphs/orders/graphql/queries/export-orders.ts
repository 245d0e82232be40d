import { badInput } from '#platform/errors/errors.ts'
import { parsePage, toConnection } from '#platform/graphql/connection.ts'
import { moneyColumns } from '#platform/graphql/money-output.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { type ExportRow, findExportRows } from '../../data/find-export-rows.ts'
import { parseExportWindow } from '../export-window.ts'
import type { Services } from '../services.ts'

interface Args {
  from: Date
  to: Date
  market?: string | null
  first?: number | null
  after?: string | null
}

export function exportOrders({ database: { prisma } }: Services) {
  return async (_: unknown, args: Args) => {
    const window = parseExportWindow(args)
    const page = parsePage({ first: args.first ?? 100, after: args.after ?? null }, { cursorParts: 2 })
    const rows = await findExportRows(prisma, { ...window, limit: page.limit, after: cursorOf(page.after) })
    return toConnection(rows, page.limit, (row) => [row.placedAt.getTime(), row.id])
  }
}

function cursorOf(key: readonly (string | number)[] | null): { placedAt: Date; id: string } | null {
  if (key === null) return null
  const [placedAt, id] = key
  const at = new Date(Number(placedAt))
  if (Number.isNaN(at.getTime()) || typeof id !== 'string' || !isUuid(id))
    throw badInput('This cursor is not valid.', { argument: 'after' })
  return { placedAt: at, id }
}

export const exportRowFields = {
  subtotal: (row: ExportRow) => moneyColumns(row.currency, row.subtotalMinor),
  shipping: (row: ExportRow) => moneyColumns(row.currency, row.shippingMinor),
  discount: (row: ExportRow) => moneyColumns(row.currency, row.discountMinor),
  tax: (row: ExportRow) => moneyColumns(row.currency, row.taxMinor),
  total: (row: ExportRow) => moneyColumns(row.currency, row.totalMinor),
  paid: (row: ExportRow) => moneyColumns(row.currency, row.paidMinor),
  refunded: (row: ExportRow) => moneyColumns(row.currency, row.refundedMinor),
}
