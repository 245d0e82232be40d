import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { hasRole } from '#platform/auth/identity.ts'
import { forbidden, unauthenticated } from '#platform/errors/errors.ts'
import { moneyColumns } from '#platform/graphql/money-output.ts'
import type { Route } from '#platform/server/subgraph.ts'
import { type ExportRow, findExportRows } from '../data/find-export-rows.ts'
import type { OrdersDatabase } from '../data/tx.ts'
import { parseExportWindow } from '../graphql/export-window.ts'

/** Rows of one statement: some 50 kB, so that neither side ever holds a whole year. */
const pageRows = 500

const columns: readonly [string, (row: ExportRow) => string][] = [
  ['number', (row) => row.number],
  ['placed_at', (row) => row.placedAt.toISOString()],
  ['market', (row) => row.market],
  ['channel', (row) => row.channel],
  ['status', (row) => row.status],
  ['charge_status', (row) => row.chargeStatus],
  ['pieces', (row) => String(row.pieces)],
  ['currency', (row) => row.currency],
  ['subtotal', (row) => moneyColumns(row.currency, row.subtotalMinor).amount],
  ['shipping', (row) => moneyColumns(row.currency, row.shippingMinor).amount],
  ['discount', (row) => moneyColumns(row.currency, row.discountMinor).amount],
  ['tax', (row) => moneyColumns(row.currency, row.taxMinor).amount],
  ['total', (row) => moneyColumns(row.currency, row.totalMinor).amount],
  ['paid', (row) => moneyColumns(row.currency, row.paidMinor).amount],
  ['refunded', (row) => moneyColumns(row.currency, row.refundedMinor).amount],
]

/**
 * `GET /exports/orders.csv?from=…&to=…&market=…`: what `exportOrders` gives, as one file of any length. It is read page by
 * page as the client takes it; what breaks half-way ends the connection, so that half a file never looks whole.
 */
export function exportOrdersRoute(database: OrdersDatabase): Route {
  return {
    method: 'GET',
    path: '/exports/orders.csv',
    signed: true,
    handle: async ({ identity, query }, response) => {
      if (!identity) throw unauthenticated()
      if (!hasRole(identity, 'SUPPORT', 'EXECUTIVE', 'ADMIN')) throw forbidden()
      const window = parseExportWindow({
        from: new Date(query.get('from') ?? ''),
        to: new Date(query.get('to') ?? ''),
        market: query.get('market'),
      })
      response.writeHead(200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="orders.csv"',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      response.write(`${columns.map(([name]) => name).join(',')}\r\n`)
      try {
        let after: { placedAt: Date; id: string } | null = null
        do {
          const rows: ExportRow[] = await findExportRows(database.prisma, {
            ...window,
            limit: pageRows - 1,
            after,
          })
          await write(response, rows)
          const last = rows.at(-1)
          after = rows.length === pageRows && last ? { placedAt: last.placedAt, id: last.id } : null
        } while (after !== null && !response.destroyed)
        response.end()
      } catch (error) {
        response.destroy()
        throw error
      }
    },
  }
}

/** No column can hold a comma, a quote or a line break: codes, numbers and instants only. */
async function write(response: ServerResponse, rows: readonly ExportRow[]): Promise<void> {
  const text = rows.map((row) => `${columns.map(([, of]) => of(row)).join(',')}\r\n`).join('')
  if (text === '' || response.write(text) || response.destroyed) return
  // A client that goes away never drains.
  await Promise.race([once(response, 'drain'), once(response, 'close')])
}
