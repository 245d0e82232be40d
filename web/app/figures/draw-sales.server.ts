import { BarChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { SalesDayFragment } from '#generated/graphql.ts'
import { salesChartOption } from './sales-chart-option.ts'

use([BarChart, GridComponent, SVGRenderer])

/** The chart as SVG text, for the first view and for who has no script. */
export function drawSales(days: readonly SalesDayFragment[], currency: string): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 1120, height: 300 })
  try {
    chart.setOption(salesChartOption(days, currency))
    // Its style element only says which cursor to show, and our pages allow none.
    return chart.renderToSVGString().replace(/<style[^]*?<\/style>/g, '')
  } finally {
    chart.dispose()
  }
}
