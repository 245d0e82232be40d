import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { type InvalidInput, invalidInput } from '#platform/graphql/parse-input.ts'
import { fingerprint, once } from '#platform/outbox/idempotency.ts'
import type { Tx } from '../data/catalog-database.ts'
import { type MarketInput, saveMarket } from './save-market.ts'
import { type VersionConflict, versionConflict } from './version-conflict.ts'

export interface ChangeMarket {
  market: MarketInput
  /** As it was read; null makes a new market. */
  version: number | null
  idempotencyKey: string
  changedBy: string
}

export type ChangeMarketRefusal = InvalidInput | VersionConflict

/** A person's change of a market: of the version that was read, and once for a key. */
export async function changeMarket(
  tx: Tx,
  { market, version, idempotencyKey, changedBy }: ChangeMarket,
  refuse: Refuse<ChangeMarketRefusal>,
): Promise<{ kind: 'SaveMarketSuccess'; marketId: string }> {
  const { marketId } = market
  const { result } = await once(
    tx,
    {
      scope: `saveMarket:${changedBy}`,
      key: idempotencyKey,
      fingerprint: fingerprint({ market, version }),
    },
    async () => {
      await tx.$queryRaw`SELECT id FROM markets WHERE id = ${marketId} FOR UPDATE`
      const current = await tx.market.findUnique({
        where: { id: marketId },
        select: { version: true, currency: true },
      })
      if (!current && version !== null) refuse(invalidInput('id', 'There is no such market.'))
      if (current && current.version !== version) refuse(versionConflict(current.version))
      if (current && current.currency !== market.currency) {
        refuse(invalidInput('currency', `This market sells in ${current.currency}. Make a new one.`))
      }
      await saveMarket(tx, market)
      return { marketId }
    },
  )
  return { kind: 'SaveMarketSuccess', ...result }
}
