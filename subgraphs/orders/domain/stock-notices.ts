/** How many pieces of a variant there are, where it matters to somebody. */
export interface StockPicture {
  /** What can be bought online, by market. */
  markets: Readonly<Record<string, number>>
  /** Warehouses with a mark, and what nobody was promised there. */
  marked: readonly { warehouseId: string; free: number; lowAt: number }[]
}

/** What was told of a variant before. */
export interface StockNotices {
  soldOutMarkets: readonly string[]
  lowWarehouses: readonly string[]
}

export interface NoticeDecision extends StockNotices {
  /** Markets where it can be bought again. */
  backIn: string[]
  /** Warehouses that fell below their mark. */
  fellIn: string[]
  /** Whether what is to be remembered is other than before. */
  isChanged: boolean
}

/**
 * What there is to tell, each thing once. `before` is null for a variant nobody has told of: then nothing can be back.
 *
 * A warehouse is low below its mark and is low until it has more than the mark: a hold that comes and goes at the mark
 * itself is one fall, not many.
 */
export function decideNotices(picture: StockPicture, before: StockNotices | null): NoticeDecision {
  const wasSoldOut = before?.soldOutMarkets ?? []
  const wasLow = before?.lowWarehouses ?? []
  const soldOutMarkets = Object.keys(picture.markets)
    .filter((market) => picture.markets[market] === 0)
    .sort()
  const lowWarehouses = picture.marked
    .filter(({ warehouseId, free, lowAt }) => (wasLow.includes(warehouseId) ? free <= lowAt : free < lowAt))
    .map(({ warehouseId }) => warehouseId)
    .sort()
  return {
    soldOutMarkets,
    lowWarehouses,
    backIn: wasSoldOut.filter((market) => (picture.markets[market] ?? 0) > 0),
    fellIn: lowWarehouses.filter((warehouseId) => !wasLow.includes(warehouseId)),
    isChanged: before === null || !isSame(wasSoldOut, soldOutMarkets) || !isSame(wasLow, lowWarehouses),
  }
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((member) => b.includes(member))
