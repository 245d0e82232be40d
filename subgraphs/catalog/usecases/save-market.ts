import { isCurrencyCode } from '#platform/money/currencies.ts'
import type { Tx } from '../data/catalog-database.ts'
import { readTranslations, toJson } from '../data/json-columns.ts'
import { type MarketSnapshot, toMarketSnapshot } from '../data/stored-market.ts'
import type { Translations } from '../domain/translations.ts'
import { tellMarkets } from './tell-markets.ts'

/** A market as the event tells it, with its name and its place in lists. */
export type MarketInput = MarketSnapshot & { names: Translations; position: number }

/** Makes a market what `market` says and tells it; does nothing when it is so already. */
export async function saveMarket(tx: Tx, market: MarketInput): Promise<'created' | 'changed' | 'unchanged'> {
  if (!isCurrencyCode(market.currency))
    throw new Error(`Market ${market.marketId}: no currency ${market.currency}`)
  await tx.$queryRaw`SELECT id FROM markets WHERE id = ${market.marketId} FOR UPDATE`
  const row = await tx.market.findUnique({ where: { id: market.marketId } })
  const before = row && {
    ...toMarketSnapshot(row),
    names: readTranslations(row.names),
    position: row.position,
  }
  if (before && isEqual(before, market)) return 'unchanged'
  // Prices carry the currency: they would silently mean another amount.
  if (before && before.currency !== market.currency) {
    throw new Error(
      `Market ${market.marketId} sells in ${before.currency}; make a new market for ${market.currency}`,
    )
  }
  const { marketId, taxRates, names, ...columns } = market
  const data = { ...columns, taxRates: toJson(taxRates), names: toJson(names) }
  await tx.market.upsert({
    where: { id: marketId },
    create: { id: marketId, ...data },
    update: { ...data, version: { increment: 1 } },
  })
  await tellMarkets(tx, [marketId])
  return before ? 'changed' : 'created'
}

// jsonb does not keep the order of keys.
function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, sortKeys) === JSON.stringify(b, sortKeys)
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
}
