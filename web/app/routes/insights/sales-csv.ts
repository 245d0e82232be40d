import { loadSales } from '#app/figures/sales-report.server.ts'
import { toCsv } from '#app/figures/to-csv.ts'
import type { Route } from './+types/sales-csv'

/** The days of the page with the same filters, exact, for a spreadsheet. */
export async function loader({ context, request }: Route.LoaderArgs) {
  const { sales, period, market } = await loadSales(context, request)
  const head = ['Date', 'Orders', 'Units', 'Goods', 'Tax', 'Delivery', 'Total', 'Currency', 'Market']
  const rows = sales.days.map((day) => [
    day.date,
    day.orders,
    day.units,
    day.gross.amount,
    day.tax.amount,
    day.shipping.amount,
    day.total.amount,
    sales.currency,
    market ?? 'all',
  ])
  return new Response(toCsv([head, ...rows]), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="sales-${period.from}-${period.to}-${sales.currency}.csv"`,
    },
  })
}
