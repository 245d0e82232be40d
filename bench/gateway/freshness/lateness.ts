import type { Read } from './start-readers.ts'

export interface Change {
  product: number
  /** 1, 2, 3 … for each product. */
  version: number
  /** Just before it was committed. */
  atMs: number
}

/**
 * For each change: how long after it the last old answer came that was asked for after it; 0 when there was none.
 * Throws when a gateway never showed one of the changes: then nothing was measured.
 */
export function latenessOf(changes: readonly Change[], reads: readonly Read[], gateways: number): number[] {
  const byProduct = new Map<number, Change[]>()
  for (const change of changes) {
    const known = byProduct.get(change.product)
    if (known) known.push(change)
    else byProduct.set(change.product, [change])
  }
  const lateness = new Map(changes.map((change) => [change, 0]))
  const newest = new Map<string, number>()
  for (const { gateway, product, askedAt, cameAt, version } of reads) {
    const place = `${gateway} ${product}`
    newest.set(place, Math.max(newest.get(place) ?? 0, version))
    for (const change of byProduct.get(product)?.slice(version) ?? []) {
      if (change.atMs >= askedAt) break
      lateness.set(change, Math.max(lateness.get(change) ?? 0, cameAt - change.atMs))
    }
  }
  for (const [product, ofProduct] of byProduct) {
    for (let gateway = 0; gateway < gateways; gateway += 1) {
      if ((newest.get(`${gateway} ${product}`) ?? 0) < ofProduct.length) {
        throw new Error(`Gateway ${gateway} never showed the last price of product ${product}`)
      }
    }
  }
  return changes.map((change) => lateness.get(change) ?? 0)
}

/** The value that `part` of them do not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * part) - 1))] ?? Number.NaN
}
