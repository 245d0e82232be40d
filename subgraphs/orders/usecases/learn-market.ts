import type { marketChanged } from '#contracts/catalog.ts'
import { ContractViolation } from '#platform/events/contract-violation.ts'
import { isCurrencyCode } from '#platform/money/currencies.ts'
import { openOrderNumbers } from '../data/next-order-number.ts'
import type { Tx } from '../data/tx.ts'

type MarketSnapshot = (typeof marketChanged)['payload']['_output']

/** Replaces the copy of a market and its tax rates by the newest snapshot. */
export async function learnMarket(tx: Tx, snapshot: MarketSnapshot): Promise<void> {
  const { marketId, taxRates, ...market } = snapshot
  if (!isCurrencyCode(market.currency)) {
    throw new ContractViolation(`Market ${marketId} sells in ${market.currency}, which is no currency`)
  }
  await tx.market.upsert({ where: { id: marketId }, create: { id: marketId, ...market }, update: market })
  await tx.taxRate.deleteMany({ where: { marketId } })
  await tx.taxRate.createMany({
    data: taxRates.map((rate) => ({ marketId, ...rate, validFrom: new Date(rate.validFrom) })),
    skipDuplicates: true,
  })
  await openOrderNumbers(tx, marketId)
}
