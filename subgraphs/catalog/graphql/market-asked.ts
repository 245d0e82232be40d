import type { InMarket } from './context.ts'
import { isMarketCode } from './market-code.ts'

/** The market a list is asked for; null for all. What can be no market becomes one where nothing is sold. */
export function marketAsked({ market }: InMarket): string | null {
  if (market == null) return null
  return isMarketCode(market) ? market : ''
}
