// Loaded only where a chart is looked at: ECharts is the largest thing in the house's pages.
import { BarChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, GridComponent, TooltipComponent, SVGRenderer])

export function drawInBrowser(element: HTMLElement): EChartsType {
  return init(element, null, { renderer: 'svg' })
}
