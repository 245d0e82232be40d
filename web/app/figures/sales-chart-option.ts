import type { SalesDayFragment } from '#generated/graphql.ts'

const dayText = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

/**
 * Sales by day as ECharts draws them: on the server without a browser, and again in it. Amounts are numbers here, since a
 * bar's height is; the table beside the chart has the exact ones.
 */
export function salesChartOption(days: readonly SalesDayFragment[], currency: string) {
  const compact = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumFractionDigits: 1,
  })
  const text = { color: 'var(--ink-soft)', fontFamily: 'inherit', fontSize: 12 }
  return {
    animation: false,
    grid: { top: 12, right: 4, bottom: 28, left: 60 },
    xAxis: {
      type: 'category' as const,
      data: days.map((day) => dayText.format(new Date(day.date))),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: 'var(--line-strong)' } },
      axisLabel: { ...text, hideOverlap: true },
    },
    yAxis: {
      type: 'value' as const,
      minInterval: 1,
      splitNumber: 4,
      splitLine: { lineStyle: { color: 'var(--line)' } },
      axisLabel: { ...text, formatter: (value: number) => compact.format(value) },
    },
    series: [
      {
        type: 'bar' as const,
        data: days.map((day) => Number(day.total.amount)),
        barMaxWidth: 28,
        barCategoryGap: '28%',
        itemStyle: { color: 'var(--ink)' },
        emphasis: { disabled: true },
      },
    ],
  }
}
