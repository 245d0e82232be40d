import type { z } from 'zod'
import { productArchived, productChanged, productPublished } from '#contracts/catalog.ts'
import { emitAll } from '#platform/outbox/emit-all.ts'
import type { Tx } from '../data/catalog-database.ts'
import { readOptions, readSelection, readTranslations } from '../data/json-columns.ts'
import { mediaUrl } from '../data/media-url.ts'
import type { Option, ProductStatus } from '../domain/product.ts'
import { pickTranslation, type Translations } from '../domain/translations.ts'

type Snapshot = z.infer<typeof productChanged.payload>

/**
 * Tells what these products are now, as whole snapshots. Their rows must be locked in `tx`: of two who tell the same product the
 * later one must have read what the earlier one wrote. `statusBefore` says which of them went on or off sale (null: is
 * new), `listedAsBefore` which stand where they stood in every list; a draft that nobody has seen yet is not told.
 */
export async function tellProducts(
  tx: Tx,
  productIds: readonly string[],
  options: {
    statusBefore?: ReadonlyMap<string, ProductStatus | null>
    listedAsBefore?: ReadonlySet<string>
    now: Date
  },
): Promise<void> {
  const { statusBefore, listedAsBefore, now } = options
  const told = (await readProducts(tx, productIds, now)).filter((product) => product.publishedAt !== null)
  const messages = told.map((product) => {
    const before = statusBefore?.has(product.id) ? (statusBefore.get(product.id) ?? null) : product.status
    return {
      event: before === product.status ? productChanged : eventOf(product.status),
      message: {
        aggregateId: product.id,
        payload: { ...toSnapshot(product), isListedAsBefore: listedAsBefore?.has(product.id) === true },
      },
    }
  })
  for (const event of [productPublished, productChanged, productArchived]) {
    const ofEvent = messages.filter((one) => one.event === event).map((one) => one.message)
    await emitAll(tx, event, ofEvent)
  }
}

function eventOf(status: ProductStatus) {
  if (status === 'ACTIVE') return productPublished
  return status === 'ARCHIVED' ? productArchived : productChanged
}

function readProducts(tx: Tx, ids: readonly string[], now: Date) {
  return tx.product.findMany({
    where: { id: { in: [...ids] } },
    include: {
      collections: { select: { collectionId: true }, orderBy: { collectionId: 'asc' } },
      media: { orderBy: [{ position: 'asc' }, { id: 'asc' }], take: 1 },
      variants: {
        where: { retiredAt: null },
        orderBy: [{ position: 'asc' }, { id: 'asc' }],
        include: {
          media: true,
          prices: {
            where: { OR: [{ validTo: null }, { validTo: { gt: now } }] },
            orderBy: [{ marketId: 'asc' }, { validFrom: 'asc' }],
          },
        },
      },
    },
    orderBy: { id: 'asc' },
  })
}

type Product = Awaited<ReturnType<typeof readProducts>>[number]

function toSnapshot(product: Product): Snapshot {
  const options = readOptions(product.options)
  const [first] = product.media
  return {
    productId: product.id,
    slug: product.slug,
    status: product.status,
    names: { ...readTranslations(product.names) },
    category: product.category,
    taxCategory: product.taxCategory,
    collectionIds: product.collections.map(({ collectionId }) => collectionId),
    variants: product.variants.map((variant) => {
      const media = variant.media ?? first
      return {
        variantId: variant.id,
        sku: variant.sku,
        barcode: variant.barcode,
        optionsLabels: labelsOf(options, readSelection(variant.options)),
        imageUrl: media ? mediaUrl(media.fingerprint, { width: 640, extension: 'jpg' }) : null,
        weightGrams: variant.weightGrams,
        isSerialized: variant.isSerialized,
        prices: variant.prices.map((price) => ({
          marketId: price.marketId,
          currency: price.currency,
          amountMinor: String(price.amountMinor),
          compareAtMinor: price.compareAtMinor === null ? null : String(price.compareAtMinor),
          validFrom: price.validFrom.toISOString(),
          validTo: price.validTo?.toISOString() ?? null,
        })),
      }
    }),
  }
}

/** `Noir, 38` in each language that any of the chosen values has a name in. */
function labelsOf(
  options: readonly Option[],
  chosen: Readonly<Record<string, string>>,
): Record<string, string> {
  const values = options.flatMap((option) =>
    option.values.filter((value) => value.code === chosen[option.code]),
  )
  const locales = new Set(values.flatMap((value) => Object.keys(value.names)))
  const label = (locale: string) =>
    values
      .map((value): Translations => value.names)
      .map((names) => pickTranslation(names, locale))
      .join(', ')
  return Object.fromEntries([...locales].map((locale) => [locale, label(locale)]))
}
