import { findProducts } from './find-products.ts'
import { Prisma, type PrismaClient, type Product } from './generated/client.ts'
import { isSoldInMarket, type SoldIn } from './sold-in-market.ts'
import { normalise, type QueryWord, queryWords } from '../domain/search-words.ts'

export interface Hit {
  score: number
  product: Product
}

export interface SearchOptions {
  locale: string | null
  /** Only what is sold there; null: wherever. */
  soldIn: SoldIn | null
  limit: number
  after: { score: number; productId: string } | null
}

/** Of a query that half the catalogue matches, so many of the newest are ranked and counted. */
const mostHits = 1_000

/**
 * Products on sale where every word of the query is found, whole or as the beginning of a word; and only when there are none,
 * those with words spelled almost so. Whole words weigh more than beginnings, names and SKUs more than categories, those more
 * than texts; names in `locale` that resemble the whole query come first. One item more than the limit when more follow.
 */
export async function searchProducts(
  prisma: PrismaClient,
  query: string,
  options: SearchOptions,
): Promise<{ hits: Hit[]; total: number }> {
  const words = queryWords(query)
  if (words.length === 0) return { hits: [], total: 0 }
  const strict = toStatement(query, words, options, { isFuzzy: false })
  let rows = await prisma.$queryRaw<Row[]>(strict)
  if (rows[0]?.total === 0 && words.some((word) => word.isFuzzy)) {
    const fuzzy = toStatement(query, words, options, { isFuzzy: true })
    const [, found] = await prisma.$transaction([
      // Half of a word's trigrams: one wrong letter in five. The setting ends with the transaction.
      prisma.$queryRaw`SELECT set_config('pg_trgm.word_similarity_threshold', '0.5', true)`,
      prisma.$queryRaw<Row[]>(fuzzy),
    ])
    rows = found
  }
  const ids = rows.flatMap((row) => (row.productId === null ? [] : [row.productId]))
  const productById = await findProducts(prisma, ids)
  const hits = rows.flatMap((row) => {
    const product = productById.get(row.productId ?? '')
    return product && row.score !== null ? [{ score: row.score, product }] : []
  })
  return { hits, total: rows[0]?.total ?? 0 }
}

interface Row {
  total: number
  score: number | null
  productId: string | null
}

function toStatement(
  query: string,
  words: readonly QueryWord[],
  { after, limit, locale, soldIn }: SearchOptions,
  { isFuzzy }: { isFuzzy: boolean },
): Prisma.Sql {
  const conditions = words.map((word) => {
    const spellings = isFuzzy && word.isFuzzy ? [word.text, ...transpositions(word.text)] : [word.text]
    const found = Prisma.sql`words @@ ${anyOf(spellings, word.isPrefix)}::tsquery`
    return isFuzzy && word.isFuzzy ? Prisma.sql`(${found} OR fuzzy %> ${word.text})` : found
  })
  if (soldIn) {
    const { market, now } = soldIn
    conditions.push(isSoldInMarket(Prisma.sql`search_documents.product_id`, Prisma.sql`${market}`, now))
  }
  const texts = words.map((word) => word.text)
  const whole = anyOf(texts, false)
  const begun = anyOf(texts, true)
  const phrase = normalise(query).replaceAll('\0', '').toWellFormed().slice(0, 400)
  const score = after?.score ?? null
  const productId = after?.productId ?? null
  return Prisma.sql`
    WITH hits AS (
      SELECT product_id, (1000000 * (
          2 * ts_rank('{0.05, 0.2, 0.5, 1}', words, ${whole}::tsquery)
            + ts_rank('{0.05, 0.2, 0.5, 1}', words, ${begun}::tsquery)
            + 0.5 * word_similarity(${phrase}, fuzzy)
            + coalesce(similarity(${phrase}, names ->> ${locale}::text), 0)
        ))::int AS score
      FROM search_documents
      WHERE ${Prisma.join(conditions, ' AND ')}
      ORDER BY product_id DESC
      LIMIT ${mostHits}
    ), page AS (
      SELECT product_id, score FROM hits
      WHERE ${score}::int IS NULL OR (score, product_id) < (${score}::int, ${productId}::uuid)
      ORDER BY score DESC, product_id DESC
      LIMIT ${limit + 1}
    )
    SELECT counted.total, page.score, page.product_id AS "productId"
    FROM (SELECT count(*)::int AS total FROM hits) counted LEFT JOIN page ON true
    ORDER BY page.score DESC, page.product_id DESC`
}

// Words hold letters, marks and digits only, so they can stand in a tsquery as they are.
function anyOf(words: readonly string[], isPrefix: boolean): string {
  return words.map((word) => `'${word}'${isPrefix ? ':*' : ''}`).join(' | ')
}

/** The word with two neighbouring letters exchanged, each way: the commonest slip, which costs too many trigrams. */
function transpositions(word: string): string[] {
  const letters = [...word]
  return letters.slice(1).flatMap((letter, index) => {
    const before = letters[index] ?? ''
    if (letter === before) return []
    return [[...letters.slice(0, index), letter, before, ...letters.slice(index + 2)].join('')]
  })
}
