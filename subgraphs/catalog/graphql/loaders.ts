import { rowById, rowsBy } from '#platform/graphql/row-loaders.ts'
import type { PrismaClient } from '../data/generated/client.ts'
import { createCollectionLoaders } from './collection-loaders.ts'
import { createImportLoaders } from './import-loaders.ts'
import { createPriceLoaders } from './price-loaders.ts'

// One set per request: however long a list, each kind of row behind its items is read in one statement.

export function createLoaders(prisma: PrismaClient, now: Date) {
  return {
    now,
    product: rowById((ids) => prisma.product.findMany({ where: { id: { in: ids } } })),
    variant: rowById((ids) => prisma.productVariant.findMany({ where: { id: { in: ids } } })),
    media: rowById((ids) => prisma.media.findMany({ where: { id: { in: ids } } })),
    market: rowById((ids) => prisma.market.findMany({ where: { id: { in: ids } } })),
    retelling: rowById((ids) => prisma.retelling.findMany({ where: { id: { in: ids } } })),
    promotion: rowById((ids) => prisma.promotion.findMany({ where: { id: { in: ids } } })),
    /** What is sold of a product. */
    variantsOf: rowsBy(
      (ids) =>
        prisma.productVariant.findMany({
          where: { productId: { in: ids }, retiredAt: null },
          orderBy: [{ position: 'asc' }, { id: 'asc' }],
        }),
      (variant) => variant.productId,
    ),
    mediaOf: rowsBy(
      (ids) =>
        prisma.media.findMany({
          where: { productId: { in: ids } },
          orderBy: [{ position: 'asc' }, { id: 'asc' }],
        }),
      (media) => media.productId,
    ),
    ...createPriceLoaders(prisma, now),
    ...createCollectionLoaders(prisma, now),
    ...createImportLoaders(prisma),
  }
}

export type Loaders = ReturnType<typeof createLoaders>
