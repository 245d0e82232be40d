import { fits, type OpenLine, sumOf } from './open-line.ts'
import { amountIn, type Goods, type PromotionCondition } from './promotion.ts'

/**
 * Whether a condition holds. Amounts are those before any discount: a promotion never makes another one stop to hold,
 * so that one more of them never makes a basket dearer.
 */
export function holds(
  condition: PromotionCondition,
  basket: { lines: readonly OpenLine[]; country: string; currency: string },
): boolean {
  const fitting = (goods: Goods) => basket.lines.filter((line) => fits(line, goods))
  switch (condition.kind) {
    case 'SUBTOTAL_AT_LEAST': {
      const atLeast = amountIn(condition.amounts, basket.currency)
      return atLeast !== null && sumOf(fitting(condition.goods).map((line) => line.totalMinor)) >= atLeast
    }
    case 'QUANTITY_AT_LEAST':
      return (
        fitting(condition.goods).reduce((pieces, line) => pieces + line.quantity, 0) >= condition.quantity
      )
    case 'COUNTRY_IN':
      return condition.countries.includes(basket.country)
  }
}
