import { once } from '#platform/outbox/idempotency.ts'
import { addCollectionHero, addProductMedia } from '#subgraphs/catalog/usecases/add-media.ts'
import { demoCollections, demoProducts } from './catalogue/catalogue.ts'
import type { DemoPicture, DemoProduct } from './catalogue/demo-product.ts'
import { drawHero } from './catalogue/pictures/draw-hero.ts'
import { drawPicture } from './catalogue/pictures/draw-picture.ts'
import type { DemoTargets } from './load-demo.ts'

/**
 * Draws and hangs the demo's pictures: first the wide ones of the collections and one picture per product, so that the
 * store can open within seconds, then, with `all`, every colour and view. Each product is done once; what was cut off
 * goes on with the next start. `shouldStop` is asked between products.
 */
export async function hangPictures(
  targets: Pick<DemoTargets, 'catalog' | 'parts' | 'onProgress'>,
  options: { all: boolean; shouldStop: () => boolean },
): Promise<void> {
  const { catalog, parts, onProgress } = targets
  const deps = { database: catalog.database, blobs: parts.blobs, clock: parts.clock }
  const done = await hung(targets)
  const stage = options.all ? 'all' : 'first'
  const tasks: { key: string; hang: () => Promise<void> }[] = []
  if (!options.all) {
    for (const collection of demoCollections) {
      const picture = { bytes: Buffer.from(drawHero(collection)), alt: collection.names }
      const input = { collectionSlug: collection.slug, picture, allowSvg: true, quick: true }
      tasks.push({ key: `hero ${collection.slug}`, hang: () => addCollectionHero(deps, input) })
    }
  }
  for (const product of demoProducts) {
    const pictures = options.all ? product.pictures : product.pictures.slice(0, 1)
    // Drawn only when its turn comes: 450 drawings at once are memory for nothing.
    const hang = () =>
      addProductMedia(deps, {
        productSlug: product.slug,
        pictures: pictures.map((picture) => toInput(product, picture)),
        allowSvg: true,
        quick: true,
      })
    tasks.push({ key: `${stage} ${product.slug}`, hang })
  }
  const open = tasks.filter(({ key }) => !done.has(key))
  let count = 0
  const queue = open.values()
  const worker = async () => {
    for (const { key, hang } of queue) {
      if (options.shouldStop()) return
      onProgress(options.all ? 'drawing the other views' : 'drawing the pictures', { count, of: open.length })
      await hang()
      await catalog.database.transact((tx) =>
        once(tx, { scope: 'demo-picture', key, fingerprint: '' }, () => Promise.resolve(null)),
      )
      count += 1
    }
  }
  // While somebody waits for the doors to open, two cores; behind open doors, one, and the store keeps the other.
  await Promise.all(options.all ? [worker()] : [worker(), worker()])
}

async function hung({ catalog }: Pick<DemoTargets, 'catalog'>): Promise<Set<string>> {
  const { rows } = await catalog.database.pool.query<{ key: string }>(
    `SELECT key FROM idempotency_keys WHERE scope = 'demo-picture'`,
  )
  return new Set(rows.map(({ key }) => key))
}

function toInput(product: DemoProduct, picture: DemoPicture) {
  return {
    bytes: Buffer.from(drawPicture(product, picture)),
    alt: picture.alt,
    showsOption: { option: 'color', value: picture.color },
  }
}
