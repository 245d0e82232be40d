import { useI18n } from '#app/i18n/use-i18n.ts'
import type { SalesDayFragment } from '#generated/graphql.ts'

/** The chart's days with their exact amounts, newest first. */
export function SalesTable({ days }: { days: readonly SalesDayFragment[] }) {
  const { money, number } = useI18n()
  return (
    <div className="table-scroll insights-table" tabIndex={0} role="region" aria-label="Sales by day">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Day, UTC</th>
            {['Orders', 'Pieces', 'Goods', 'Tax', 'Delivery', 'Paid'].map((title) => (
              <th key={title} scope="col" className="table-number">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => (
            <tr key={day.date}>
              <th scope="row" className="number">
                {day.date}
              </th>
              <td className="table-number">{number(day.orders)}</td>
              <td className="table-number">{number(day.units)}</td>
              <td className="table-number">{money(day.gross)}</td>
              <td className="table-number">{money(day.tax)}</td>
              <td className="table-number">{money(day.shipping)}</td>
              <td className="table-number">{money(day.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
