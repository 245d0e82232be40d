import { useLocation } from 'react-router'
import { averageOrder } from '#app/figures/average.ts'
import { drawSales } from '#app/figures/draw-sales.server.ts'
import { SalesChart } from '#app/figures/sales-chart.tsx'
import { SalesFilters } from '#app/figures/sales-filters.tsx'
import { SalesTable } from '#app/figures/sales-table.tsx'
import { ShareList } from '#app/figures/share-list.tsx'
import { loadSales } from '#app/figures/sales-report.server.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { Instant } from '#app/staff/instant.tsx'
import { useLive } from '#app/staff/use-live.ts'
import type { Route } from './+types/sales'

export async function loader({ context, request }: Route.LoaderArgs) {
  const report = await loadSales(context, request)
  // A page that is already in a browser draws for itself.
  const isFirstView = request.headers.get('sec-fetch-dest') !== 'empty'
  return { ...report, svg: isFirstView ? drawSales(report.sales.days, report.sales.currency) : null }
}

const channelNames: Readonly<Record<string, string>> = { WEB: 'Web', MOBILE: 'Phone', POS: 'Boutiques' }

export default function Sales({ loaderData }: Route.ComponentProps) {
  const { period, market, markets, sales, topProducts, svg, isCurrencyChosen } = loaderData
  const { money, number } = useI18n()
  const { search } = useLocation()
  const isReached = useLive(5_000)
  const { total } = sales
  const average = averageOrder(total.total, total.orders)
  const best = sales.days.reduce(
    (a, b) => (BigInt(b.total.minorUnits) > BigInt(a.total.minorUnits) ? b : a),
    total,
  )
  const figures = [
    { label: 'Paid', value: money(total.total), formula: 'Goods + delivery + tax where it comes on top' },
    { label: 'Goods', value: money(total.gross), formula: 'Pieces as sold, before delivery and tax on top' },
    { label: 'Tax', value: money(total.tax), formula: 'Tax in what was paid, included or on top' },
    { label: 'Orders', value: number(total.orders), formula: 'Orders and boutique sales that were paid' },
    { label: 'Pieces', value: number(total.units), formula: 'Pieces in these orders' },
    { label: 'Average order', value: average === null ? 'None' : money(average), formula: 'Paid ÷ orders' },
  ]
  const days = sales.days.length === 1 ? 'one day' : `${sales.days.length} days`
  const text =
    total.orders === 0
      ? `Sales by day in ${sales.currency}: nothing was sold in ${days}.`
      : `Sales by day in ${sales.currency}: ${money(total.total)} in ${days}, most on ${best.date} with ${money(best.total)}.`
  return (
    <div className="insights">
      <header className="row row-apart">
        <h1>Sales</h1>
        <p className="soft small">
          {typeof sales.freshAsOf === 'string' ? (
            <>
              As of <Instant at={sales.freshAsOf} isExact /> UTC{isReached ? null : ', no answer since'}
            </>
          ) : (
            'Nothing was told yet'
          )}
        </p>
      </header>
      <SalesFilters
        period={period}
        market={market}
        markets={markets}
        currency={sales.currency}
        currencies={sales.currencies}
        isCurrencyChosen={isCurrencyChosen}
      />
      <dl className="insights-figures">
        {figures.map((figure) => (
          <div key={figure.label}>
            <dt className="figure-label">{figure.label}</dt>
            <dd className="figure-value">{figure.value}</dd>
            <dd className="soft small">{figure.formula}</dd>
          </div>
        ))}
      </dl>
      <section className="stack">
        <div className="row row-apart">
          <h2 className="title-s">By day</h2>
          <a href={`/insights/sales.csv${search}`} download>
            Download as CSV
          </a>
        </div>
        <SalesChart days={sales.days} currency={sales.currency} svg={svg} text={text} />
        <details>
          <summary>The same as a table</summary>
          <SalesTable days={sales.days} />
        </details>
      </section>
      <div className="insights-pair">
        <section className="stack">
          <h2 className="title-s">Where</h2>
          <ShareList
            empty="Nothing was sold in these days."
            rows={sales.byChannel.map((row) => ({
              key: row.channel,
              name: channelNames[row.channel] ?? row.channel,
              detail: row.orders === 1 ? '1 order' : `${number(row.orders)} orders`,
              value: money(row.total),
              share: share(row.total.amount, total.total.amount),
            }))}
          />
        </section>
        <section className="stack">
          <h2 className="title-s">What sold best</h2>
          <ShareList
            empty="Nothing was sold in these days."
            rows={topProducts.map((row) => ({
              key: row.product.id,
              name: row.name,
              detail: row.units === 1 ? '1 piece' : `${number(row.units)} pieces`,
              value: money(row.gross),
              share: row.share,
            }))}
          />
        </section>
      </div>
    </div>
  )
}

function share(part: string, whole: string): number {
  const all = Number(whole)
  return all > 0 ? Number(part) / all : 0
}
