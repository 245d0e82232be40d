import { divideRounded } from '#platform/money/round.ts'
import type { TaxRules } from './market-rules.ts'
import { fits, type OpenLine, type Share } from './open-line.ts'
import { million } from './portion.ts'
import type { LineAction } from './promotion.ts'

type BuyXGetY = Extract<LineAction, { kind: 'BUY_X_GET_Y' }>

/**
 * Finds the pieces that are reduced. Which ones depends on listed prices only, never on what others took off.
 *
 * A piece that fits both sides counts as bought or is reduced, not both: the dearest of them count as bought, the cheapest
 * are reduced, and of all ways to split them the one that reduces the most pieces is taken.
 */
export function buyXGetY(
  action: BuyXGetY,
  basket: { lines: readonly OpenLine[]; open: readonly OpenLine[]; market: TaxRules },
): Share[] {
  const isBought = (line: OpenLine) => fits(line, action.buy.goods)
  const reducible = basket.open.filter((line) => fits(line, action.get.goods)).sort(byPrice)
  const both = reducible.filter(isBought)
  const onlyBought = piecesOf(basket.lines.filter((line) => isBought(line) && !both.includes(line)))
  const times = bestTimes(action, {
    bought: onlyBought,
    both: piecesOf(both),
    reducible: piecesOf(reducible),
  })
  const left = new Map(reducible.map((line) => [line, line.quantity]))
  take(left, both.toReversed(), times * action.buy.quantity - onlyBought)
  const reduced = take(left, reducible, times * action.get.quantity)
  return [...reduced].map(([line, pieces]) => ({
    line,
    // The reduced pieces' part of what is left of the line, and of that the percentage: rounded once.
    amountMinor: divideRounded(
      line.leftMinor * BigInt(pieces) * BigInt(action.ppm),
      BigInt(line.quantity) * million,
      basket.market.roundingMode,
    ),
  }))
}

/** How many times it is done: as long as each time more reduces more pieces. */
function bestTimes(action: BuyXGetY, pieces: { bought: number; both: number; reducible: number }): number {
  const enough = Math.floor((pieces.bought + pieces.both) / action.buy.quantity)
  const most = action.mostTimes === null ? enough : Math.min(enough, action.mostTimes)
  let best = { times: 0, reduced: 0 }
  for (let times = 1; times <= most; times++) {
    const fromBoth = Math.max(0, times * action.buy.quantity - pieces.bought)
    const reduced = Math.min(times * action.get.quantity, pieces.reducible - fromBoth)
    if (reduced <= best.reduced) break
    best = { times, reduced }
  }
  return best.times
}

/** Takes so many pieces of the lines, one line after the other, and says how many of each. */
function take(
  left: Map<OpenLine, number>,
  lines: readonly OpenLine[],
  pieces: number,
): Map<OpenLine, number> {
  const taken = new Map<OpenLine, number>()
  let wanted = pieces
  for (const line of lines) {
    const here = Math.min(wanted, left.get(line) ?? 0)
    if (here <= 0) continue
    taken.set(line, here)
    left.set(line, (left.get(line) ?? 0) - here)
    wanted -= here
  }
  return taken
}

function byPrice(a: OpenLine, b: OpenLine): number {
  if (a.unitPriceMinor !== b.unitPriceMinor) return a.unitPriceMinor < b.unitPriceMinor ? -1 : 1
  return a.variantId < b.variantId ? -1 : 1
}

function piecesOf(lines: readonly OpenLine[]): number {
  return lines.reduce((sum, line) => sum + line.quantity, 0)
}
