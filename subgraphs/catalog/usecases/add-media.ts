import type { Blobs } from '#platform/blobs/blobs.ts'
import { notFound } from '#platform/errors/errors.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { CatalogDatabase, Tx } from '../data/catalog-database.ts'
import { readDerivatives, readSelection, toJson } from '../data/json-columns.ts'
import { mediaKey } from '../data/media-url.ts'
import type { Translations } from '../domain/translations.ts'
import { fingerprintOf, type RenderedMedia, renderMedia, type RenderOptions } from './render-media.ts'
import { tellProducts } from './tell-products.ts'

export interface PictureInput {
  bytes: Buffer
  alt: Translations
  /** The picture of the variants with this option value, such as { color: 'noir' }; the first one given wins. */
  showsOption?: { option: string; value: string }
}

export interface Picture {
  rendered: RenderedMedia
  alt: Translations
  showsOption?: PictureInput['showsOption']
}

interface Deps {
  database: CatalogDatabase
  blobs: Blobs
  clock: Clock
}

/** Renders and stores pictures, then makes them those of a product, in this order: see `setProductMedia`. */
export async function addProductMedia(
  { database, blobs, clock }: Deps,
  input: { productSlug: string; pictures: readonly PictureInput[] } & RenderOptions,
): Promise<void> {
  const pictures: Picture[] = []
  for (const picture of input.pictures) {
    const known = await findRendered({ database, blobs }, fingerprintOf(picture.bytes, input))
    pictures.push({ ...picture, rendered: known ?? (await renderMedia(picture.bytes, blobs, input)) })
  }
  await database.transact((tx) =>
    setProductMedia(tx, { productSlug: input.productSlug, pictures, now: clock.now() }),
  )
}

/** What was rendered before, if its sizes are still there: a second load of the same pictures takes no time. */
async function findRendered(
  { database, blobs }: Omit<Deps, 'clock'>,
  fingerprint: string,
): Promise<RenderedMedia | null> {
  const media = await database.prisma.media.findFirst({ where: { fingerprint } })
  if (!media) return null
  const { width, height, placeholderColor } = media
  const derivatives = [...readDerivatives(media.derivatives)]
  const heads = await Promise.all(derivatives.map((one) => blobs.head(mediaKey(fingerprint, one))))
  return heads.includes(null) ? null : { fingerprint, width, height, placeholderColor, derivatives }
}

/** Renders and stores the wide picture of a collection. */
export async function addCollectionHero(
  { database, blobs }: Omit<Deps, 'clock'>,
  input: { collectionSlug: string; picture: PictureInput } & RenderOptions,
): Promise<void> {
  const known = await findRendered({ database, blobs }, fingerprintOf(input.picture.bytes, input))
  const rendered = known ?? (await renderMedia(input.picture.bytes, blobs, input))
  await database.transact(async (tx) => {
    const collection = await tx.collection.findUnique({
      where: { slug: input.collectionSlug },
      include: { hero: true },
    })
    if (!collection) throw notFound(`There is no collection ${input.collectionSlug}.`)
    if (collection.hero?.fingerprint === rendered.fingerprint) return
    const media = await tx.media.create({ data: toRow({ rendered, alt: input.picture.alt }, null, 0) })
    await tx.collection.update({ where: { id: collection.id }, data: { heroId: media.id } })
  })
}

/**
 * Makes these the pictures of a product and tells the product; at most 50. A picture the product has already keeps its
 * id; one that is not given any more goes. Does nothing when they are its pictures already.
 */
export async function setProductMedia(
  tx: Tx,
  input: { productSlug: string; pictures: readonly Picture[]; now: Date },
): Promise<void> {
  await tx.$queryRaw`SELECT id FROM products WHERE slug = ${input.productSlug} FOR UPDATE`
  const product = await tx.product.findUnique({
    where: { slug: input.productSlug },
    include: { media: { orderBy: { position: 'asc' } }, variants: true },
  })
  if (!product) throw notFound(`There is no product ${input.productSlug}.`)
  const distinct = new Map(
    input.pictures.slice(0, 50).map((picture) => [picture.rendered.fingerprint, picture]),
  )
  const pictures = [...distinct.values()]
  if (isSame(product.media, pictures)) return
  const known = new Map(product.media.map((media) => [media.fingerprint, media.id]))
  await tx.media.deleteMany({
    where: { productId: product.id, fingerprint: { notIn: [...distinct.keys()] } },
  })
  const ids = new Map<Picture, string>()
  for (const [position, picture] of pictures.entries()) {
    const row = toRow(picture, product.id, position, known.get(picture.rendered.fingerprint))
    await tx.media.upsert({ where: { id: row.id }, create: row, update: row })
    ids.set(picture, row.id)
  }
  for (const variant of product.variants) {
    const chosen = readSelection(variant.options)
    const shown = pictures.find((p) => p.showsOption && chosen[p.showsOption.option] === p.showsOption.value)
    const mediaId = (shown && ids.get(shown)) ?? null
    if (variant.mediaId !== mediaId) {
      await tx.productVariant.update({ where: { id: variant.id }, data: { mediaId } })
    }
  }
  await tellProducts(tx, [product.id], { listedAsBefore: new Set([product.id]), now: input.now })
}

function isSame(
  stored: readonly { fingerprint: string; alt: unknown }[],
  pictures: readonly Picture[],
): boolean {
  const face = (fingerprint: string, alt: object) => fingerprint + JSON.stringify(Object.entries(alt).sort())
  return (
    stored.length === pictures.length &&
    stored.every((media, index) => {
      const picture = pictures[index]
      return (
        picture &&
        face(media.fingerprint, media.alt as object) === face(picture.rendered.fingerprint, picture.alt)
      )
    })
  )
}

function toRow({ rendered, alt }: Picture, productId: string | null, position: number, id = uuidv7()) {
  return { ...rendered, id, productId, position, alt: toJson(alt), derivatives: toJson(rendered.derivatives) }
}
