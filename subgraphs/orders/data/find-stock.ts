import type {
  PrismaClient,
  StockLevel,
  StockMovement,
  StockTransfer,
  TransferState,
} from './generated/client.ts'
import type { LevelKey } from './lock-levels.ts'

interface PageOf<Cursor> {
  limit: number
  after: Cursor | null
}

/** Levels by (variant, warehouse), and one more than the limit when more follow. */
export async function findStockLevels(
  prisma: PrismaClient,
  page: PageOf<LevelKey> & {
    variantId: string | null
    sku: string | null
    warehouseId: string | null
    onlyLow: boolean
  },
): Promise<StockLevel[]> {
  const keys = await prisma.$queryRaw<LevelKey[]>`
    SELECT l.variant_id AS "variantId", l.warehouse_id AS "warehouseId" FROM stock_levels l
     WHERE (${page.variantId}::uuid IS NULL OR l.variant_id = ${page.variantId}::uuid)
       AND (${page.sku}::text IS NULL OR l.variant_id IN (SELECT variant_id FROM sellables WHERE sku = ${page.sku}))
       AND (${page.warehouseId}::uuid IS NULL OR l.warehouse_id = ${page.warehouseId}::uuid)
       AND (NOT ${page.onlyLow} OR l.on_hand - l.reserved - l.committed < l.low_at)
       AND (${page.after?.variantId ?? null}::uuid IS NULL
            OR (l.variant_id, l.warehouse_id) > (${page.after?.variantId ?? null}::uuid, ${page.after?.warehouseId ?? null}::uuid))
     ORDER BY l.variant_id, l.warehouse_id
     LIMIT ${page.limit + 1}`
  return (await findLevels(prisma, keys)).flatMap((level) => level ?? [])
}

/** The levels of these keys in their order, null where there is none; one statement. */
export async function findLevels(
  prisma: PrismaClient,
  keys: readonly LevelKey[],
): Promise<(StockLevel | null)[]> {
  const rows = await prisma.stockLevel.findMany({
    where: {
      OR: keys.map(({ variantId, warehouseId }) => ({ variantId, warehouseId })),
    },
  })
  const byKey = new Map(rows.map((row) => [`${row.variantId} ${row.warehouseId}`, row]))
  return keys.map(({ variantId, warehouseId }) => byKey.get(`${variantId} ${warehouseId}`) ?? null)
}

/** What came and went, newest first, and one more than the limit when more follow. */
export async function findStockMovements(
  prisma: PrismaClient,
  page: PageOf<string> & { variantId: string | null; warehouseId: string | null },
): Promise<StockMovement[]> {
  return await prisma.stockMovement.findMany({
    where: {
      ...(page.variantId !== null && { variantId: page.variantId }),
      ...(page.warehouseId !== null && { warehouseId: page.warehouseId }),
      ...(page.after !== null && { id: { lt: page.after } }),
    },
    orderBy: { id: 'desc' },
    take: page.limit + 1,
  })
}

/** Transfers, newest first, and one more than the limit when more follow. */
export async function findStockTransfers(
  prisma: PrismaClient,
  page: PageOf<string> & { warehouseId: string | null; state: TransferState | null },
): Promise<StockTransfer[]> {
  const { warehouseId } = page
  return await prisma.stockTransfer.findMany({
    where: {
      ...(warehouseId !== null && { OR: [{ fromWarehouseId: warehouseId }, { toWarehouseId: warehouseId }] }),
      ...(page.state !== null && { state: page.state }),
      ...(page.after !== null && { id: { lt: page.after } }),
    },
    orderBy: { id: 'desc' },
    take: page.limit + 1,
  })
}
