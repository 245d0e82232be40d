/** Pieces of one variant, some or all of them by their numbers. */
export interface StockLine {
  variantId: string
  quantity: number
  serials: readonly string[]
}

/** Whether each line names its pieces as it must: all of a variant with numbers, none of another. */
export function areNamed(lines: readonly StockLine[], isSerialized: (variantId: string) => boolean): boolean {
  return lines.every((line) => line.serials.length === (isSerialized(line.variantId) ? line.quantity : 0))
}

/** The pieces that are named. */
export function numberedIn(lines: readonly StockLine[]): { variantId: string; serial: string }[] {
  return lines.flatMap(({ variantId, serials }) => serials.map((serial) => ({ variantId, serial })))
}

/** One line per variant, where each came first. */
export function mergeStockLines(lines: readonly StockLine[]): StockLine[] {
  const merged = new Map<string, StockLine>()
  for (const { variantId, quantity, serials } of lines) {
    const before = merged.get(variantId)
    merged.set(variantId, {
      variantId,
      quantity: (before?.quantity ?? 0) + quantity,
      serials: [...(before?.serials ?? []), ...serials],
    })
  }
  return [...merged.values()]
}
