import { type Catalog, createCatalog } from '../service.ts'
import { readCatalogConfig } from '../config.ts'
import type { ProductInput, VariantInput } from '../domain/product.ts'
import { saveMarket } from '../usecases/save-market.ts'
import { startTestSubgraph } from '#platform/testing/start-test-subgraph.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'

export const merchandiser = testIdentity({ roles: ['MERCHANDISER'] })
export const clerk = testIdentity({ roles: ['CLERK'] })
export const shopper = testIdentity()

/** The catalog alone, with the markets FR, JP and US. */
export async function startCatalog(env: Record<string, string> = {}) {
  const catalog = await startTestSubgraph({
    name: 'catalog',
    readConfig: readCatalogConfig,
    create: createCatalog,
    // Jobs run when a test says so.
    env: { IMPORT_POLL_MS: '3600000', DUE_POLL_MS: '3600000', ...env },
  })
  const database = (catalog.subgraph as Catalog).database
  await database.transact(async (tx) => {
    for (const [position, [marketId, currency, locales]] of markets.entries()) {
      await saveMarket(tx, {
        marketId,
        currency,
        locales,
        position,
        names: { en: `Market ${marketId}` },
        countries: [marketId],
        pricesIncludeTax: marketId !== 'US',
        taxRounding: 'LINE',
        roundingMode: 'HALF_UP',
        reservationMinutes: 15,
        bankTransferDays: null,
        taxRates: [
          {
            country: marketId,
            taxCategory: 'standard',
            ratePpm: 200_000,
            validFrom: '2014-01-01T00:00:00.000Z',
          },
        ],
      })
    }
  })
  await catalog.settle()
  return { ...catalog, database }
}

export type TestCatalog = Awaited<ReturnType<typeof startCatalog>>

const markets: [string, string, string[]][] = [
  ['FR', 'EUR', ['fr', 'en']],
  ['JP', 'JPY', ['ja', 'en']],
  ['US', 'USD', ['en']],
]

export function aVariant(sku: string, changes: Partial<VariantInput> = {}): VariantInput {
  return {
    sku,
    barcode: null,
    options: { color: 'noir' },
    weightGrams: 500,
    prices: {
      FR: { amountMinor: 195_000n, compareAtMinor: null },
      JP: { amountMinor: 310_000n, compareAtMinor: null },
    },
    ...changes,
  }
}

export function aProduct(slug: string, changes: Partial<ProductInput> = {}): ProductInput {
  return {
    slug,
    status: 'ACTIVE',
    names: { en: `Bag ${slug}`, fr: `Sac ${slug}` },
    descriptions: { en: 'A bag of smooth calfskin.' },
    details: { en: 'Calfskin\nMade in Italy' },
    category: 'bags',
    taxCategory: 'standard',
    options: [
      {
        code: 'color',
        names: { en: 'Colour', fr: 'Couleur' },
        values: [
          { code: 'noir', names: { en: 'Black', fr: 'Noir' }, swatch: '#111111' },
          { code: 'ivoire', names: { en: 'Ivory', fr: 'Ivoire' }, swatch: '#f4efe4' },
        ],
      },
    ],
    variants: [aVariant(`${slug}-N`)],
    ...changes,
  }
}
