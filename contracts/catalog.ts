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
  /** Collections it stands in, for promotions of a collection. */
  collectionIds: z.array(z.uuid()),
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
      z.object({
        country: z.string(),
        taxCategory: z.string(),
        ratePpm: z.int().nonnegative(),
        /** The first moment it holds; of several that have begun the newest one holds. */
        validFrom: z.iso.datetime(),
      }),
    ),
    /** How long a bank transfer may take while the goods are held; null where none is taken. */
    bankTransferDays: z.int().positive().nullable(),
  }),
})

/** Which goods a promotion is about. An empty list does not narrow; what several lists name must fit each of them. */
const goods = z.object({
  productIds: z.array(z.uuid()),
  variantIds: z.array(z.uuid()),
  categories: z.array(z.string()),
  collectionIds: z.array(z.uuid()),
  /** Leave out what has a compare-at price. */
  excludesReduced: z.boolean(),
})

/** Minor units by currency; a promotion does nothing in a currency it has no amount for. */
const amountByCurrency = z.record(z.string(), minorUnits)

/** All of a promotion's conditions must hold for its actions to be done. */
const promotionCondition = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('SUBTOTAL_AT_LEAST'), amounts: amountByCurrency, goods }),
  z.object({ kind: z.literal('QUANTITY_AT_LEAST'), quantity: z.int().positive(), goods }),
  z.object({ kind: z.literal('COUNTRY_IN'), countries: z.array(z.string()) }),
])

const promotionAction = z.discriminatedUnion('kind', [
  /** Parts per million off each line that fits. */
  z.object({ kind: z.literal('PERCENTAGE'), ppm: z.int().min(1).max(1_000_000), goods }),
  /** Off every piece that fits, never below zero. */
  z.object({ kind: z.literal('AMOUNT_PER_PIECE'), amounts: amountByCurrency, goods }),
  /** Once, spread over the lines that fit by what they cost. */
  z.object({ kind: z.literal('AMOUNT'), amounts: amountByCurrency, goods }),
  /** The highest tier that what fits adds up to. */
  z.object({
    kind: z.literal('TIERED_PERCENTAGE'),
    tiers: z.array(z.object({ atLeast: amountByCurrency, ppm: z.int().min(1).max(1_000_000) })).min(1),
    goods,
  }),
  /** For every `buy.quantity` pieces bought, up to `get.quantity` of the cheapest others are reduced. */
  z.object({
    kind: z.literal('BUY_X_GET_Y'),
    buy: z.object({ quantity: z.int().positive(), goods }),
    get: z.object({ quantity: z.int().positive(), goods }),
    ppm: z.int().min(1).max(1_000_000),
    /** At most so many times in one basket; null without a limit. */
    mostTimes: z.int().positive().nullable(),
  }),
  /** A line of its own, free, while there are pieces. */
  z.object({ kind: z.literal('GIFT'), variantId: z.uuid(), quantity: z.int().positive() }),
  z.object({ kind: z.literal('SHIPPING_PERCENTAGE'), ppm: z.int().min(1).max(1_000_000) }),
])

/**
 * What a promotion is now, as a whole; told again when it begins and when it ends. Catalogue promotions come before those of
 * the order; within each the lower `priority` comes first, then the lower id. An EXCLUSIVE one takes only lines that no
 * promotion has touched, and closes the lines it takes to all later ones.
 *
 * One of the catalogue makes a piece cheaper, not a line, so that the shelf and the till agree: only PERCENTAGE and
 * AMOUNT_PER_PIECE, no conditions, no voucher; each is reckoned from the piece's price after those before it, a percentage
 * rounded by the market's `roundingMode`. Whoever prices is held to `shelf-price-cases.ts`.
 */
export const promotionChanged = defineEvent({
  type: 'promotion.changed',
  aggregateType: 'promotion',
  payload: z.object({
    promotionId: z.uuid(),
    names: translated,
    /** CATALOG: shown on the goods themselves. ORDER: found out from the whole basket. */
    scope: z.enum(['CATALOG', 'ORDER']),
    /** Empty: every market. */
    marketIds: z.array(z.string()),
    priority: z.int(),
    stacking: z.enum(['STACKS', 'EXCLUSIVE']),
    /** Done only for a basket with a voucher that names it. */
    needsVoucher: z.boolean(),
    conditions: z.array(promotionCondition),
    actions: z.array(promotionAction).min(1),
    startsAt: z.iso.datetime(),
    endsAt: z.iso.datetime().nullable(),
    isActive: z.boolean(),
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
