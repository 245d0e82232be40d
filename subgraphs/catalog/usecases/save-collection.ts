import { uuidv7 } from '#platform/ids/uuid.ts'
import type { Tx } from '../data/catalog-database.ts'
import { toJson } from '../data/json-columns.ts'
import type { Translations } from '../domain/translations.ts'
import { lockProductIds } from '../data/stored-product.ts'
import { indexProducts } from './index-products.ts'
import { tellProducts } from './tell-products.ts'

export interface CollectionInput {
  slug: string
  names: Translations
  descriptions: Translations
  /** Place among the collections. */
  position: number
  /** Slugs in the order to show; those that do not exist are refused. */
  productSlugs: readonly string[]
}

/**
 * Makes a collection what `collection` says, new or known by its slug, finds its products by its name, and tells those that
 * came or went.
 */
export async function saveCollection(
  tx: Tx,
  collection: CollectionInput,
  now: Date,
): Promise<{ id: string }> {
  const { slug, position, productSlugs } = collection
  const data = { position, names: toJson(collection.names), descriptions: toJson(collection.descriptions) }
  const { id } = await tx.collection.upsert({
    where: { slug },
    create: { id: uuidv7(), slug, ...data },
    update: data,
    select: { id: true },
  })
  const products = await tx.product.findMany({
    where: { slug: { in: [...productSlugs] } },
    select: { id: true, slug: true },
  })
  const idBySlug = new Map(products.map((product) => [product.slug, product.id]))
  const members = [...new Set(productSlugs)].map((productSlug, index) => {
    const productId = idBySlug.get(productSlug)
    if (productId === undefined) throw new Error(`Collection ${slug}: there is no product ${productSlug}`)
    return { collectionId: id, productId, position: index }
  })
  const before = await tx.collectionProduct.findMany({
    where: { collectionId: id },
    select: { productId: true },
  })
  const wasIn = new Set(before.map((member) => member.productId))
  const isIn = new Set(members.map((member) => member.productId))
  const touched = [...new Set([...wasIn, ...isIn])]
  await lockProductIds(tx, touched)
  await tx.collectionProduct.deleteMany({ where: { collectionId: id } })
  await tx.collectionProduct.createMany({ data: members })
  await indexProducts(tx, touched)
  await tellProducts(
    tx,
    touched.filter((productId) => wasIn.has(productId) !== isIn.has(productId)),
    { now },
  )
  return { id }
}
