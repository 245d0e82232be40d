import { parseCurrency } from '#platform/money/currencies.ts'
import type { MarketRules } from '../domain/price-basket.ts'
import type { Tx } from './tx.ts'

/** The markets of these codes that orders has heard of. */
export async function findMarkets(
  tx: Pick<Tx, 'market'>,
  ids: readonly string[],
): Promise<Map<string, MarketRules>> {
  const rows = await tx.market.findMany({ where: { id: { in: [...ids] } }, include: { taxRates: true } })
  return new Map(rows.map((row) => [row.id, { ...row, currency: parseCurrency(row.currency) }]))
}

export async function findMarket(tx: Pick<Tx, 'market'>, id: string): Promise<MarketRules | null> {
  return (await findMarkets(tx, [id])).get(id) ?? null
}
