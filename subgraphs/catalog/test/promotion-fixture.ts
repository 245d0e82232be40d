import { promotionChanged } from '#contracts/catalog.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { saveCollection } from '../usecases/save-collection.ts'
import { saveProduct } from '../usecases/save-product.ts'
import { aProduct, aVariant, merchandiser, startCatalog } from './catalog-fixture.ts'

interface Outcome {
  kind: string
  message?: string
  field?: string
  currentVersion?: number
  promotion?: { id: string; version: number; state: string; name: string }
}

/** The catalog with twelve products of two variants, two of them in a collection, and what a merchandiser does with promotions. */
export async function startPromotions() {
  const catalog = await startCatalog()
  let variantId = ''
  let collectionId = ''
  await catalog.database.transact(async (tx) => {
    const now = catalog.clock.now()
    const price = (amountMinor: bigint, compareAtMinor: bigint | null = null) => ({
      amountMinor,
      compareAtMinor,
    })
    for (let n = 0; n < 12; n++) {
      const sku = `P${String(n)}`
      const variants = [
        aVariant(`${sku}-N`, { prices: { FR: price(100_000n), JP: price(155_005n) } }),
        aVariant(`${sku}-I`, { options: { color: 'ivoire' }, prices: { FR: price(120_000n, 150_000n) } }),
      ]
      const saved = await saveProduct(tx, aProduct(`bag-${String(n)}`, { variants }), now)
      variantId = saved.variantIds.get(`${sku}-N`) ?? ''
    }
    const collection = { slug: 'summer', names: { en: 'Summer' }, descriptions: {}, position: 0 }
    const saved = await saveCollection(tx, { ...collection, productSlugs: ['bag-0', 'bag-1'] }, now)
    collectionId = saved.id
  })
  await catalog.settle()

  const inDays = (days: number) => new Date(catalog.clock.now().getTime() + days * 86_400_000).toISOString()

  const input = (over: Record<string, unknown> = {}) => ({
    names: [
      { locale: 'en', text: 'Summer' },
      { locale: 'fr', text: 'Été' },
    ],
    scope: 'CATALOG',
    actions: [{ percentage: { ppm: 150_000 } }],
    startsAt: inDays(-1),
    idempotencyKey: uuidv7(),
    ...over,
  })

  async function save(given: object, identity = merchandiser): Promise<Outcome> {
    const { data, errors } = await catalog.query<{ savePromotion: Outcome } | null>(
      `mutation ($input: SavePromotionInput!) { savePromotion(input: $input) {
        kind: __typename ... on UserError { message } ... on InvalidInputError { field }
        ... on VersionConflictError { currentVersion }
        ... on SavePromotionSuccess { promotion { id version state name(locale: "fr") } }
      } }`,
      { input: given },
      identity,
    )
    if (!data) throw new Error(String(errors?.[0]?.extensions?.code))
    await catalog.settle()
    return data.savePromotion
  }

  async function end(id: string, version: number): Promise<Outcome> {
    const { data } = await catalog.query<{ endPromotion: Outcome }>(
      `mutation ($input: EndPromotionInput!) { endPromotion(input: $input) {
        kind: __typename ... on UserError { message } ... on VersionConflictError { currentVersion }
        ... on EndPromotionSuccess { promotion { id version state name } }
      } }`,
      { input: { id, version } },
      merchandiser,
    )
    await catalog.settle()
    return data.endPromotion
  }

  const saved = async (over: Record<string, unknown> = {}) => {
    const { promotion } = await save(input(over))
    if (!promotion) throw new Error('It was not saved')
    return promotion
  }

  const toldOf = (id: string) =>
    catalog.published(promotionChanged).filter(({ payload }) => payload.promotionId === id)

  return { catalog, variantId, collectionId, inDays, input, save, end, saved, toldOf }
}
