import type { EChartsType } from 'echarts/core'
import { useEffect, useRef, useState } from 'react'
import { useI18n } from '#app/i18n/use-i18n.ts'
import type { SalesDayFragment } from '#generated/graphql.ts'
import { salesChartOption } from './sales-chart-option.ts'

interface SalesChartProps {
  days: readonly SalesDayFragment[]
  currency: string
  /** As the server drew it; null when it did not, because the browser will. */
  svg: string | null
  /** What the chart shows, in a sentence. */
  text: string
}

/** Sales by day. The server's drawing stands until the browser's own, which answers to the pointer, takes its place. */
export function SalesChart({ days, currency, svg, text }: SalesChartProps) {
  const { money } = useI18n()
  const place = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<EChartsType | null>(null)

  useEffect(() => {
    const element = place.current
    if (element === null) return
    let drawn: EChartsType | null = null
    let isGone = false
    const watch = new ResizeObserver(() => drawn?.resize())
    void import('./draw-in-browser.ts').then(({ drawInBrowser }) => {
      if (isGone) return
      drawn = drawInBrowser(element)
      watch.observe(element)
      setChart(drawn)
    })
    return () => {
      isGone = true
      watch.disconnect()
      drawn?.dispose()
    }
  }, [])

  useEffect(() => {
    chart?.setOption({
      ...salesChartOption(days, currency),
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'none' },
        borderColor: 'var(--line-strong)',
        borderRadius: 0,
        shadowBlur: 0,
        transitionDuration: 0,
        formatter: (points: unknown) => {
          const index = Array.isArray(points)
            ? (points[0] as { dataIndex?: number } | undefined)?.dataIndex
            : undefined
          const day = days[index ?? -1]
          return day === undefined ? '' : `${day.date}<br>${money(day.total)}<br>${String(day.orders)} orders`
        },
      },
    })
  }, [chart, days, currency, money])

  return (
    <figure className="insights-chart" role="img" aria-label={text}>
      {chart === null && svg !== null ? (
        <div className="insights-drawn" dangerouslySetInnerHTML={{ __html: svg }} />
      ) : null}
      <div ref={place} className="insights-live" hidden={chart === null && svg !== null} />
    </figure>
  )
}
