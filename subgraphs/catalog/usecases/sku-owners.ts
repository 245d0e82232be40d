import type { Tx } from '../data/catalog-database.ts'
import { skuCandidates } from '../domain/import/merge-product.ts'
import type { ImportedProduct } from '../domain/import/read-product-rows.ts'

/**
 * Which product (by slug) has each SKU that the import of these may come upon: those the file gives, and where one of
 * them is missing, repeated or somebody else's, the ones that would be made up instead.
 */
export async function readSkuOwners(
  tx: Tx,
  products: readonly ImportedProduct[],
): Promise<Map<string, string>> {
  const given = new Map<string, string>()
  const doubtful = new Set<string>()
  const candidates: string[] = []
  for (const { slug, variants } of products) {
    for (const { sku } of variants) {
      if (sku !== null && given.has(sku)) doubtful.add(sku)
      else if (sku !== null) given.set(sku, slug)
    }
    const known = variants.length
    if (variants.some(({ sku }) => sku === null)) {
      candidates.push(...skuCandidates(slug, 1), ...skuCandidates(slug, known + 1))
    }
  }
  const owners = await readOwners(tx, [...given.keys(), ...candidates])
  for (const [sku, slug] of given) if (owners.has(sku) && owners.get(sku) !== slug) doubtful.add(sku)
  if (doubtful.size === 0) return owners
  const others = await readOwners(
    tx,
    [...doubtful].flatMap((sku) => skuCandidates(sku, 2)),
  )
  return new Map([...owners, ...others])
}

async function readOwners(tx: Tx, skus: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ sku: string; slug: string }[]>`
    SELECT variant.sku, product.slug
    FROM product_variants variant JOIN products product ON product.id = variant.product_id
    WHERE variant.sku = ANY(${[...new Set(skus)]}::text[])`
  return new Map(rows.map((row) => [row.sku, row.slug]))
}
