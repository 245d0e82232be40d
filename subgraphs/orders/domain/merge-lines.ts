import type { WantedLine } from './pricing/price-basket.ts'

/** One line per variant, where each variant came first; quantities are added. */
export function mergeLines(lines: readonly WantedLine[]): WantedLine[] {
  const merged = new Map<string, WantedLine>()
  for (const { variantId, quantity } of lines) {
    const before = merged.get(variantId)?.quantity ?? 0
    merged.set(variantId, { variantId, quantity: before + quantity })
  }
  return [...merged.values()]
}
