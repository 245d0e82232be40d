import { z } from 'zod'
import { defineEvent } from '#platform/events/define-event.ts'
import { minorUnits } from '#platform/events/payloads.ts'

// What catalog tells. Product events are snapshots: the newest one alone rebuilds a copy, so consumers hear them in order 'latest'.

const translated = z.record(z.string(), z.string())

const variantPrice = z.object({
  marketId: z.string(),
  currency: z.string(),
  amountMinor: minorUnits,
  compareAtMinor: minorUnits.nullable(),
  validFrom: z.iso.datetime(),
  validTo: z.iso.datetime().nullable(),
})

const variant = z.object({
  variantId: z.uuid(),
  sku: z.string(),
  barcode: z.string().nullable(),
  /** Chosen options by language, ready to print: `Noir, 38`. */
  optionsLabels: translated,
  imageUrl: z.string().nullable(),
  weightGrams: z.int().nonnegative(),
  isSerialized: z.boolean(),
  prices: z.array(variantPrice),
})

const product = z.object({
  productId: z.uuid(),
  slug: z.string(),
  status: z.enum(['DRAFT', 'ACTIVE', 'ARCHIVED']),
  names: translated,
  category: z.string(),
  taxCategory: z.string(),
  variants: z.array(variant),
})

/** A product is on sale for the first time, or again. */
export const productPublished = defineEvent({
  type: 'product.published',
  aggregateType: 'product',
  payload: product,
})

/** Anything of a product changed, prices included. A variant that is not in it any more is no longer sold. */
export const productChanged = defineEvent({
  type: 'product.changed',
  aggregateType: 'product',
  payload: product.extend({
    /** Only amounts or pictures changed: in every list and search it stands where it stood. */
    isListedAsBefore: z.boolean().optional(),
  }),
})

/** A product is no longer sold. */
export const productArchived = defineEvent({
  type: 'product.archived',
  aggregateType: 'product',
  payload: product,
})

/** How a market sells, with the tax rates of its countries (parts per million) by tax category. */
export const marketChanged = defineEvent({
  type: 'market.changed',
  aggregateType: 'market',
  payload: z.object({
    marketId: z.string(),
    currency: z.string(),
    countries: z.array(z.string()),
    locales: z.array(z.string()),
    pricesIncludeTax: z.boolean(),
    taxRounding: z.enum(['LINE', 'TOTAL']),
    roundingMode: z.enum(['HALF_EVEN', 'HALF_UP']),
    reservationMinutes: z.int().positive(),
    taxRates: z.array(
      z.object({ country: z.string(), taxCategory: z.string(), ratePpm: z.int().nonnegative() }),
    ),
  }),
})

/** An imported file says how many pieces of a variant there are. Orders keeps the stock and books the difference. */
export const stockCountImported = defineEvent({
  type: 'stock-count.imported',
  aggregateType: 'variant-stock-count',
  payload: z.object({
    importJobId: z.uuid(),
    variantId: z.uuid(),
    sku: z.string(),
    /** Null: the house's default warehouse of the market. */
    warehouseCode: z.string().nullable(),
    marketId: z.string(),
    onHand: z.int().nonnegative(),
  }),
})

const importProgress = z.object({
  importJobId: z.uuid(),
  requestedBy: z.uuid(),
  fileName: z.string(),
  totalRows: z.int().nullable(),
  processedRows: z.int(),
  failedRows: z.int(),
})

/** Somebody asked for an import. Heard by catalog's own workers. */
export const importStarted = defineEvent({
  type: 'import.started',
  aggregateType: 'import-job',
  payload: importProgress,
})

/** Some more rows arrived. */
export const importProgressed = defineEvent({
  type: 'import.progressed',
  aggregateType: 'import-job',
  payload: importProgress,
})

/** Every row was read; `failedRows` did not arrive. */
export const importCompleted = defineEvent({
  type: 'import.completed',
  aggregateType: 'import-job',
  payload: importProgress.extend({ products: z.int(), variants: z.int() }),
})

/** The file could not be read at all. */
export const importFailed = defineEvent({
  type: 'import.failed',
  aggregateType: 'import-job',
  payload: importProgress.extend({ reason: z.string() }),
})
