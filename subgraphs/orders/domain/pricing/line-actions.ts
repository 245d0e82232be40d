import { allocate, money } from '#platform/money/money.ts'
import { buyXGetY } from './buy-x-get-y.ts'
import type { TaxRules } from './market-rules.ts'
import { fits, type OpenLine, type Share, sumOf } from './open-line.ts'
import { portion } from './portion.ts'
import { amountIn, type Goods, type LineAction, type Promotion } from './promotion.ts'

export interface Basketful {
  /** All lines, for what must be bought. */
  lines: readonly OpenLine[]
  /** Those that may be reduced. */
  open: readonly OpenLine[]
  market: TaxRules
  /** On the shelf a piece gets cheaper, so that it costs there what it costs in a basket; elsewhere a line does. */
  scope: Promotion['scope']
}

/**
 * What an action takes off each line. For every action holds: what it leaves of a line does not grow when less was left
 * before. That is why one promotion more never makes a basket dearer.
 */
export function lineShares(action: LineAction, basket: Basketful): Share[] {
  const { market } = basket
  const fitting = (goods: Goods) => basket.open.filter((line) => fits(line, goods))
  switch (action.kind) {
    case 'PERCENTAGE':
      return percentage(fitting(action.goods), action.ppm, basket)
    case 'AMOUNT_PER_PIECE': {
      const amount = amountIn(action.amounts, market.currency) ?? 0n
      return fitting(action.goods).map((line) => ({ line, amountMinor: amount * BigInt(line.quantity) }))
    }
    case 'AMOUNT':
      return amountOnce(fitting(action.goods), amountIn(action.amounts, market.currency) ?? 0n, market)
    case 'TIERED_PERCENTAGE':
      return tieredPercentage(action, basket)
    case 'BUY_X_GET_Y':
      return buyXGetY(action, basket)
  }
}

function percentage(lines: readonly OpenLine[], ppm: number, { scope, market }: Basketful): Share[] {
  return lines.map((line) => {
    // On the shelf each piece is rounded: what is left of the line is whole pieces there.
    const pieces = scope === 'CATALOG' ? BigInt(line.quantity) : 1n
    const amountMinor = portion(line.leftMinor / pieces, ppm, market.roundingMode) * pieces
    return { line, amountMinor }
  })
}

/**
 * Spreads an amount by what the lines cost before discounts. What a line has not left any more is taken from the others,
 * in a fixed order.
 */
function amountOnce(lines: readonly OpenLine[], amountMinor: bigint, { currency }: TaxRules): Share[] {
  if (lines.length === 0) return []
  const parts = allocate(
    money(currency, amountMinor),
    lines.map((line) => line.totalMinor),
  )
  const shares = lines.map((line, index) => ({
    line,
    amountMinor: least(parts[index]?.minorUnits ?? 0n, line.leftMinor),
  }))
  let over = amountMinor - sumOf(shares.map((share) => share.amountMinor))
  for (const share of shares) {
    const more = least(over, share.line.leftMinor - share.amountMinor)
    share.amountMinor += more
    over -= more
  }
  return shares
}

/** The highest tier that what fits adds up to, before discounts and whether or not it may still be reduced. */
function tieredPercentage(
  action: Extract<LineAction, { kind: 'TIERED_PERCENTAGE' }>,
  basket: Basketful,
): Share[] {
  const { currency } = basket.market
  const reached = sumOf(
    basket.lines.filter((line) => fits(line, action.goods)).map((line) => line.totalMinor),
  )
  let best: { atLeast: bigint; ppm: number } | null = null
  for (const tier of action.tiers) {
    const atLeast = amountIn(tier.atLeast, currency)
    if (atLeast === null || atLeast > reached) continue
    if (best === null || atLeast > best.atLeast || (atLeast === best.atLeast && tier.ppm > best.ppm)) {
      best = { atLeast, ppm: tier.ppm }
    }
  }
  if (best === null) return []
  return percentage(
    basket.open.filter((line) => fits(line, action.goods)),
    best.ppm,
    basket,
  )
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
