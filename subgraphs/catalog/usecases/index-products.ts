import type { Tx } from '../data/catalog-database.ts'
import { readOptions, readTranslations } from '../data/json-columns.ts'
import { normalise, wordsOf } from '../domain/search-words.ts'
import type { Translations } from '../domain/translations.ts'

const mostWords = 2_000
const mostFuzzyCharacters = 2_000

/** Brings the search documents of these products up to date; a product that is not on sale has none. */
export async function indexProducts(tx: Tx, productIds: readonly string[]): Promise<void> {
  if (productIds.length === 0) return
  const products = await readProducts(tx, productIds)
  const onSale = products.filter((product) => product.status === 'ACTIVE')
  const ids = onSale.map((product) => product.id)
  const gone = productIds.filter((id) => !ids.includes(id))
  if (gone.length > 0) await tx.searchDocument.deleteMany({ where: { productId: { in: gone } } })
  if (onSale.length === 0) return
  const documents = onSale.map(toDocument)
  await tx.$executeRaw`
    INSERT INTO search_documents (product_id, words, fuzzy, names)
    SELECT id, words::tsvector, fuzzy, names::jsonb
    FROM unnest(
      ${ids}::uuid[],
      ${documents.map((document) => document.words)}::text[],
      ${documents.map((document) => document.fuzzy)}::text[],
      ${documents.map((document) => document.names)}::text[]
    ) AS document (id, words, fuzzy, names)
    ON CONFLICT (product_id)
    DO UPDATE SET words = excluded.words, fuzzy = excluded.fuzzy, names = excluded.names`
}

function readProducts(tx: Tx, ids: readonly string[]) {
  return tx.product.findMany({
    where: { id: { in: [...ids] } },
    include: {
      variants: { where: { retiredAt: null }, select: { sku: true, barcode: true } },
      collections: { select: { collection: { select: { names: true } } } },
    },
  })
}

type Product = Awaited<ReturnType<typeof readProducts>>[number]

function toDocument(product: Product): { words: string; fuzzy: string; names: string } {
  const names = readTranslations(product.names)
  const skus = product.variants.map((variant) => variant.sku)
  const collections = product.collections.flatMap(({ collection }) =>
    Object.values(readTranslations(collection.names)),
  )
  const options = readOptions(product.options).flatMap((option) =>
    option.values.flatMap((value) => Object.values(value.names)),
  )
  const codes = product.variants.flatMap((variant) => (variant.barcode === null ? [] : [variant.barcode]))
  const kinds = [product.category, ...collections]
  const near = [...new Set([...Object.values(names), ...kinds, product.vendor ?? ''])]
  return {
    words: toVector([
      ['A', [...Object.values(names), ...skus]],
      ['B', [...kinds, ...codes]],
      ['C', [...options, product.vendor ?? '', ...product.tags]],
      ['D', [...texts(product.descriptions), ...texts(product.details)]],
    ]),
    fuzzy: normalise([...near, ...skus].join(' ')).slice(0, mostFuzzyCharacters),
    names: JSON.stringify(
      Object.fromEntries(Object.entries(names).map(([locale, name]) => [locale, normalise(name)])),
    ),
  }
}

const texts = (value: Product['descriptions']) =>
  Object.values(readTranslations(value) satisfies Translations)

// The text form of a tsvector, each word once with the weight of the first place it stands in. Words hold letters,
// marks and digits only, so nothing in them needs escaping.
function toVector(fields: readonly (readonly ['A' | 'B' | 'C' | 'D', readonly string[]])[]): string {
  const weights = new Map<string, string>()
  for (const [weight, values] of fields) {
    for (const word of values.flatMap(wordsOf)) {
      if (weights.size >= mostWords) break
      if (!weights.has(word)) weights.set(word, weight)
    }
  }
  return [...weights].map(([word, weight], index) => `'${word}':${String(index + 1)}${weight}`).join(' ')
}
