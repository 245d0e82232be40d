import { columnsOf } from '#platform/database/rows.ts'
import type { SellablePrice, SellableVariant } from '../domain/pricing/sellable.ts'
import { Prisma, type Sellable } from './generated/client.ts'
import type { Tx } from './tx.ts'

/** As JSON has it: amounts as text, since it has no bigint. */
type PriceAsJson = Pick<SellablePrice, 'marketId' | 'currency'> &
  Record<'amountMinor' | 'validFrom', string> &
  Record<'compareAtMinor' | 'validTo', string | null>

const columns = columnsOf(Prisma.SellableScalarFieldEnum)

/** The variants of these ids that orders has heard of, with their prices of every market: one statement. */
export async function findSellables(
  tx: Pick<Tx, '$queryRawUnsafe'>,
  variantIds: readonly string[],
): Promise<Map<string, SellableVariant & { isSerialized: boolean }>> {
  const rows = await tx.$queryRawUnsafe<(Sellable & { prices: PriceAsJson[] })[]>(
    `SELECT ${columns},
            (SELECT coalesce(jsonb_agg(jsonb_build_object(
                      'marketId', market_id, 'currency', currency, 'amountMinor', amount_minor::text,
                      'compareAtMinor', compare_at_minor::text, 'validFrom', valid_from, 'validTo', valid_to)), '[]')
               FROM sellable_prices p WHERE p.variant_id = s.variant_id) AS prices
       FROM sellables s WHERE variant_id = ANY ($1::uuid[])`,
    [...variantIds],
  )
  return new Map(
    rows.map((row) => [
      row.variantId,
      // Both were checked by the event's schema before they were stored.
      {
        ...row,
        names: row.names as Record<string, string>,
        optionsLabels: row.optionsLabels as Record<string, string>,
        prices: row.prices.map(toPrice),
      },
    ]),
  )
}

function toPrice({ amountMinor, compareAtMinor, validFrom, validTo, ...price }: PriceAsJson): SellablePrice {
  return {
    ...price,
    amountMinor: BigInt(amountMinor),
    compareAtMinor: compareAtMinor === null ? null : BigInt(compareAtMinor),
    validFrom: new Date(validFrom),
    validTo: validTo === null ? null : new Date(validTo),
  }
}
