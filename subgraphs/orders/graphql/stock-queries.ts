import { badInput } from '#platform/errors/errors.ts'
import { parsePage, toConnection } from '#platform/graphql/connection.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { findStockLevels, findStockMovements, findStockTransfers } from '../data/find-stock.ts'
import type { TransferState } from '../data/generated/client.ts'
import { idCursor, invalidCursor, type PageArgs } from './page-args.ts'
import type { Services } from './services.ts'

interface LevelArgs extends PageArgs {
  variantId?: string | null
  sku?: string | null
  warehouseId?: string | null
  onlyLow?: boolean | null
}

interface TransferArgs extends PageArgs {
  warehouseId?: string | null
  state?: TransferState | null
}

const longestSku = 100

/** What staff read of the goods. Everybody with the right to read sees all warehouses: pieces are looked for everywhere. */
export function createStockQueries({ database: { prisma } }: Services) {
  return {
    // Warehouses are few; a hundred is the bound of every list.
    warehouses: () => prisma.warehouse.findMany({ orderBy: { code: 'asc' }, take: 100 }),
    stockLevels: async (_: unknown, args: LevelArgs) => {
      const page = parsePage(args, { cursorParts: 2 })
      const rows = await findStockLevels(prisma, {
        limit: page.limit,
        after: levelCursor(page.after),
        variantId: optionalId(args.variantId, 'variantId'),
        sku: skuOf(args.sku),
        warehouseId: optionalId(args.warehouseId, 'warehouseId'),
        onlyLow: args.onlyLow ?? false,
      })
      return toConnection(rows, page.limit, (level) => [level.variantId, level.warehouseId])
    },
    stockMovements: async (_: unknown, args: LevelArgs) => {
      const page = parsePage(args, { cursorParts: 1 })
      const rows = await findStockMovements(prisma, {
        limit: page.limit,
        after: idCursor(page.after),
        variantId: optionalId(args.variantId, 'variantId'),
        warehouseId: optionalId(args.warehouseId, 'warehouseId'),
      })
      return toConnection(rows, page.limit, (movement) => [movement.id])
    },
    stockTransfers: async (_: unknown, args: TransferArgs) => {
      const page = parsePage(args, { cursorParts: 1 })
      const rows = await findStockTransfers(prisma, {
        limit: page.limit,
        after: idCursor(page.after),
        warehouseId: optionalId(args.warehouseId, 'warehouseId'),
        state: args.state ?? null,
      })
      return toConnection(rows, page.limit, (transfer) => [transfer.id])
    },
    stockUnit: (_: unknown, { serial }: { serial: string }) =>
      /^[A-Za-z0-9 ./-]{1,40}$/.test(serial)
        ? prisma.stockUnit.findUnique({ where: { serial: serial.trim().toUpperCase() } })
        : null,
  }
}

function optionalId(id: string | null | undefined, argument: string): string | null {
  if (id == null) return null
  if (!isUuid(id)) throw badInput('This is no id.', { argument })
  return id.toLowerCase()
}

function skuOf(sku: string | null | undefined): string | null {
  const text = sku?.trim() ?? ''
  if (text === '') return null
  if (text.length > longestSku || text.includes('\0'))
    throw badInput('This is no article number.', { argument: 'sku' })
  return text
}

function levelCursor(
  key: readonly (string | number)[] | null,
): { variantId: string; warehouseId: string } | null {
  if (key === null) return null
  const [variantId, warehouseId] = key.map((part) => idCursor([part]))
  if (variantId == null || warehouseId == null) throw invalidCursor()
  return { variantId, warehouseId }
}
