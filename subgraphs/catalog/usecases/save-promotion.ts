import { uuidv7 } from '#platform/ids/uuid.ts'
import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { type InvalidInput, invalidInput } from '#platform/graphql/parse-input.ts'
import { fingerprint, once } from '#platform/outbox/idempotency.ts'
import type { Tx } from '../data/catalog-database.ts'
import { toPromotionRow } from '../data/stored-promotion.ts'
import { amountsIn, goodsIn, notOnShelf, type PromotionInput } from '../domain/promotion.ts'
import { planRetellings } from './due-retellings.ts'
import { tellPromotions } from './tell-promotions.ts'
import { type VersionConflict, versionConflict } from './version-conflict.ts'

export interface SavePromotion extends PromotionInput {
  /** Null: a new one; with the version that was read. */
  id: string | null
  version: number | null
  idempotencyKey: string
  savedBy: string
}

export interface PromotionNotFound {
  kind: 'PromotionNotFoundError'
  message: string
}

export type SavePromotionRefusal = InvalidInput | PromotionNotFound | VersionConflict

export const promotionNotFound: PromotionNotFound = {
  kind: 'PromotionNotFoundError',
  message: 'There is no such promotion any more. Look at the list.',
}

/**
 * Makes a promotion what it shall be and tells it. The same key of the same person does it once; a refusal is not kept, so that
 * the key is good for another try.
 */
export async function savePromotion(
  tx: Tx,
  { savedBy, idempotencyKey, ...given }: SavePromotion,
  { refuse, now }: { refuse: Refuse<SavePromotionRefusal>; now: Date },
): Promise<{ kind: 'SavePromotionSuccess'; promotionId: string }> {
  const { result } = await once(
    tx,
    { scope: `savePromotion:${savedBy}`, key: idempotencyKey, fingerprint: fingerprint(given) },
    async () => {
      const fault = notOnShelf(given)
      if (fault) return refuse(invalidInput(fault.field, fault.message))
      await refuseUnknown(tx, given, refuse)
      const { id: known, version, ...promotion } = given
      const id = known ?? uuidv7()
      const row = toPromotionRow({ ...promotion, id })
      if (known === null) await tx.promotion.create({ data: row })
      else await change(tx, row, { version: version ?? 0, refuse })
      await planRetellings(
        tx,
        [promotion.startsAt, promotion.endsAt].flatMap((dueAt) =>
          dueAt ? [{ kind: 'PROMOTION', subjectId: id, dueAt }] : [],
        ),
        now,
      )
      await tellPromotions(tx, [id])
      return { promotionId: id }
    },
  )
  return { kind: 'SavePromotionSuccess', ...result }
}

async function change(
  tx: Tx,
  { id, ...data }: ReturnType<typeof toPromotionRow>,
  { version, refuse }: { version: number; refuse: Refuse<SavePromotionRefusal> },
): Promise<void> {
  const { count } = await tx.promotion.updateMany({
    where: { id, version },
    data: { ...data, version: { increment: 1 } },
  })
  if (count === 1) return
  const current = await tx.promotion.findUnique({ where: { id }, select: { version: true } })
  refuse(current ? versionConflict(current.version) : promotionNotFound)
}

/** Refuses markets, currencies and goods that there are none of: a slip of the pen would else do nothing, silently. */
async function refuseUnknown(
  tx: Tx,
  promotion: PromotionInput,
  refuse: Refuse<SavePromotionRefusal>,
): Promise<void> {
  const markets = await tx.market.findMany({ select: { id: true, currency: true } })
  const currencies = new Map(markets.map(({ id, currency }) => [id, currency]))
  for (const [index, marketId] of promotion.marketIds.entries()) {
    if (!currencies.has(marketId))
      refuse(invalidInput(`marketIds.${String(index)}`, `There is no market ${marketId}.`))
  }
  const held = promotion.marketIds.length > 0 ? promotion.marketIds : [...currencies.keys()]
  const known = new Set(held.map((marketId) => currencies.get(marketId)))
  for (const { path, amounts } of amountsIn(promotion)) {
    const foreign = Object.keys(amounts).find((currency) => !known.has(currency))
    if (foreign !== undefined)
      refuse(invalidInput(path, `None of the promotion's markets sells in ${foreign}.`))
  }
  await refuseUnknownGoods(tx, promotion, refuse)
}

// Three statements, however many goods are named.
async function refuseUnknownGoods(
  tx: Tx,
  promotion: PromotionInput,
  refuse: Refuse<SavePromotionRefusal>,
): Promise<void> {
  const named = goodsIn(promotion)
  const all = (list: 'productIds' | 'variantIds' | 'collectionIds') => [
    ...new Set(named.flatMap(({ goods }) => goods[list] ?? [])),
  ]
  const select = { id: true } as const
  const rows = [
    ...(await tx.product.findMany({ where: { id: { in: all('productIds') } }, select })),
    ...(await tx.productVariant.findMany({ where: { id: { in: all('variantIds') } }, select })),
    ...(await tx.collection.findMany({ where: { id: { in: all('collectionIds') } }, select })),
  ]
  const known = new Set(rows.map(({ id }) => id))
  for (const { path, goods } of named) {
    const { productIds = [], variantIds = [], collectionIds = [] } = goods
    const unknown = [...productIds, ...variantIds, ...collectionIds].find((id) => !known.has(id))
    if (unknown !== undefined) refuse(invalidInput(path, `There is nothing with the id ${unknown}.`))
  }
}
