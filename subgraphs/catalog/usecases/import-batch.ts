import { importProgressed, stockCountImported } from '#contracts/catalog.ts'
import { parseCurrency } from '#platform/money/currencies.ts'
import { emit } from '#platform/outbox/emit.ts'
import { emitAll } from '#platform/outbox/emit-all.ts'
import type { Tx } from '../data/catalog-database.ts'
import { lockProducts, type StoredProduct } from '../data/stored-product.ts'
import type { ImportRow } from '../domain/import/columns.ts'
import { type MergedProduct, mergeProduct } from '../domain/import/merge-product.ts'
import { type ImportedProduct, readProductRows } from '../domain/import/read-product-rows.ts'
import type { RowProblem, RowProblems } from '../domain/import/row-problem.ts'
import { type ClaimedJob, holdJob } from './import-lease.ts'
import { type SavedProduct, saveProducts } from './save-products.ts'
import { readSkuOwners } from './sku-owners.ts'

/** Rows that commit together: whole products as far as they fit, no slug twice. */
export interface Batch {
  products: readonly { slug: string; rows: readonly ImportRow[] }[]
  /** Rows without a usable handle and the like. */
  problems: readonly RowProblem[]
  /** Data rows of the file behind this batch. */
  rowsBehind: number
}

interface MergedImport {
  before: StoredProduct | null
  imported: ImportedProduct
  merged: MergedProduct
}

/** Problems that are kept of one job; beyond, only the counters go on. */
const mostProblems = 10_000

/**
 * Brings one batch into the catalogue, in one transaction with its progress: a worker that dies leaves it undone, one
 * that comes after goes on behind it. Throws LeaseLost when another worker has the job.
 */
export async function importBatch(
  tx: Tx,
  claimed: ClaimedJob,
  batch: Batch,
  now: Date,
): Promise<'done' | 'canceled'> {
  const { isCanceled } = await holdJob(tx, claimed)
  if (isCanceled) return 'canceled'
  const { job } = claimed
  const market = await tx.market.findUniqueOrThrow({ where: { id: job.marketId } })
  const currency = parseCurrency(market.currency)
  const read = batch.products.map(({ slug, rows }) => readProductRows(slug, rows, currency))
  const stored = await lockProducts(
    tx,
    batch.products.map(({ slug }) => slug),
    now,
  )
  const owners = await readSkuOwners(
    tx,
    read.map((one) => one.product),
  )
  const merged: MergedImport[] = []
  for (const { product: imported, problems } of read) {
    const before = stored.get(imported.slug) ?? null
    const result = mergeProduct(
      before?.face ?? null,
      imported,
      {
        locale: market.locales[0] ?? 'en',
        marketId: market.id,
        isTaken: (sku) => owners.has(sku) && owners.get(sku) !== imported.slug,
      },
      problems,
    )
    if (!result) continue
    for (const { sku } of result.product.variants) owners.set(sku, imported.slug)
    merged.push({ before, imported, merged: result })
  }
  const saved = await saveProducts(
    tx,
    merged.map((one) => ({ before: one.before, after: one.merged.product })),
    now,
  )
  const images = await keepImages(tx, merged, saved)
  await countStock(tx, claimed, merged, saved)
  await recordProgress(tx, claimed, { batch, problems: read.map((one) => one.problems), saved, images })
  return 'done'
}

async function keepImages(
  tx: Tx,
  merged: readonly MergedImport[],
  saved: readonly SavedProduct[],
): Promise<number> {
  const images = merged.flatMap(({ imported }, index) => {
    const productId = saved[index]?.id
    return productId === undefined
      ? []
      : imported.images.map((image, position) => ({ productId, position, ...image }))
  })
  if (images.length === 0) return 0
  await tx.externalImage.createMany({ data: images, skipDuplicates: true })
  return images.length
}

/** Tells orders how many pieces the file counts. The same file again is no new count; another file is, also with the same number. */
async function countStock(
  tx: Tx,
  { job }: ClaimedJob,
  merged: readonly MergedImport[],
  saved: readonly SavedProduct[],
): Promise<void> {
  const file = job.upload.sha256
  const counted: { variantId: string; sku: string; onHand: number }[] = []
  for (const [index, { before, merged: product }] of merged.entries()) {
    const storedBySku = new Map(before?.variants.map((variant) => [variant.sku, variant]))
    for (const [sku, onHand] of product.stock) {
      const stored = storedBySku.get(sku)
      const variantId = saved[index]?.variantIds.get(sku)
      const isKnown = stored?.stockCount === onHand && stored.stockCountFile === file
      if (variantId !== undefined && !isKnown) counted.push({ variantId, sku, onHand })
    }
  }
  if (counted.length === 0) return
  await tx.$executeRaw`
    UPDATE product_variants AS variant
    SET stock_count = counted.on_hand, stock_count_file = ${file}
    FROM unnest(
      ${counted.map((count) => count.variantId)}::uuid[], ${counted.map((count) => count.onHand)}::int[]
    ) AS counted (variant_id, on_hand)
    WHERE variant.id = counted.variant_id`
  const { id: importJobId, marketId } = job
  await emitAll(
    tx,
    stockCountImported,
    counted.map(({ variantId, sku, onHand }) => ({
      aggregateId: variantId,
      market: marketId,
      payload: { importJobId, variantId, sku, warehouseCode: null, marketId, onHand },
    })),
  )
}

async function recordProgress(
  tx: Tx,
  { job }: ClaimedJob,
  done: {
    batch: Batch
    problems: readonly RowProblems[]
    saved: readonly SavedProduct[]
    images: number
  },
): Promise<void> {
  const problems = [...done.batch.problems, ...done.problems.flatMap((one) => one.all)]
  const refused = new Set(problems.filter((one) => one.severity === 'ERROR').map((one) => one.row)).size
  const kept = await tx.importRowError.count({ where: { jobId: job.id } })
  await tx.importRowError.createMany({
    data: problems
      .sort((a, b) => a.row - b.row)
      .slice(0, Math.max(0, mostProblems - kept))
      .map((problem) => ({ jobId: job.id, ...problem })),
  })
  const changed = done.saved.filter((product) => product.outcome !== 'unchanged')
  const progress = await tx.importJob.update({
    where: { id: job.id },
    data: {
      attempts: 0,
      processedRows: done.batch.rowsBehind,
      failedRows: { increment: refused },
      products: { increment: changed.length },
      variants: { increment: changed.reduce((sum, product) => sum + product.changedVariants, 0) },
      images: { increment: done.images },
    },
  })
  const { requestedBy, fileName, totalRows, processedRows, failedRows } = progress
  await emit(tx, importProgressed, {
    aggregateId: job.id,
    market: job.marketId,
    payload: { importJobId: job.id, requestedBy, fileName, totalRows, processedRows, failedRows },
  })
}
