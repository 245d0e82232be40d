import { allocateGoods, type Allotment, type FreePieces } from '../domain/allocate-goods.ts'
import type { Tx } from './tx.ts'

/** Pieces taken; of a serialised variant each piece has a number (see `pick-units.ts`). */
export interface TakenPieces extends Allotment {
  isSerialized: boolean
}

export type TakeGoodsOutcome =
  | { kind: 'Taken'; allotments: TakenPieces[] }
  /** Nothing was changed. */
  | { kind: 'Short'; lines: { variantId: string; available: number }[] }

/** Where goods are taken from. */
export type GoodsPlace =
  /** The warehouses that send to a market, the nearest to the country first. */
  | { market: string; country: string | null; allowsSplit: boolean }
  /** One warehouse. Online it keeps its safety stock back; over the counter everything there can be sold. */
  | { warehouseId: string; isOnline: boolean }

type Counter = 'reserved' | 'committed' | 'gone'

const change: Record<Counter, string> = {
  reserved: 'reserved = s.reserved + a.take',
  committed: 'committed = s.committed + a.take',
  gone: 'on_hand = s.on_hand - a.take',
}

/**
 * Takes all of the wanted pieces (one line per variant) or none.
 *
 * Two statements. The first locks the levels in (variant, warehouse) order, so that two orders never wait for each
 * other, and returns them as they are after the wait: `domain/allocate-goods.ts` decides on counters that nobody else can
 * change. The second takes, on the condition that the pieces are there, with the CHECK behind it.
 */
export async function takeGoods(
  tx: Tx,
  wanted: readonly { variantId: string; quantity: number }[],
  from: GoodsPlace,
  as: Counter,
): Promise<TakeGoodsOutcome> {
  const isMarket = 'market' in from
  const isOnline = isMarket || from.isOnline
  const free = (of: string) =>
    `${of}.on_hand - ${of}.reserved - ${of}.committed${isOnline ? ` - ${of}.safety` : ''}`
  const levels = await tx.$queryRawUnsafe<LevelRow[]>(
    `SELECT l.variant_id, l.warehouse_id, ${free('l')} AS free, w.country, w.priority,
            coalesce(x.is_serialized, false) AS is_serialized
       FROM stock_levels l
       JOIN warehouses w ON w.id = l.warehouse_id
       LEFT JOIN sellables x ON x.variant_id = l.variant_id
      WHERE l.variant_id = ANY ($1::uuid[]) AND ${isMarket ? '$2::text = ANY (w.markets)' : 'w.id = $2::uuid'}
      ORDER BY l.variant_id, l.warehouse_id
        FOR UPDATE OF l`,
    wanted.map((line) => line.variantId),
    isMarket ? from.market : from.warehouseId,
  )
  const allocation = allocateGoods(
    {
      lines: wanted,
      country: isMarket ? from.country : null,
      allowsSplit: isMarket && from.allowsSplit,
    },
    levels.map(toFreePieces),
  )
  if (allocation.kind === 'Short') return allocation
  const { allotments } = allocation
  const taken = await tx.$executeRawUnsafe(
    `UPDATE stock_levels s SET ${change[as]}
       FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS a (variant_id, warehouse_id, take)
      WHERE s.variant_id = a.variant_id AND s.warehouse_id = a.warehouse_id AND ${free('s')} >= a.take`,
    allotments.map((allotment) => allotment.variantId),
    allotments.map((allotment) => allotment.warehouseId),
    allotments.map((allotment) => allotment.quantity),
  )
  if (taken !== allotments.length) throw new Error('The goods taken are not the goods wanted')
  const serialized = new Set(levels.filter((row) => row.is_serialized).map((row) => row.variant_id))
  return {
    kind: 'Taken',
    allotments: allotments.map((allotment) => ({
      ...allotment,
      isSerialized: serialized.has(allotment.variantId),
    })),
  }
}

interface LevelRow {
  variant_id: string
  warehouse_id: string
  free: number
  country: string | null
  priority: number
  is_serialized: boolean
}

function toFreePieces(row: LevelRow): FreePieces {
  const { free, country, priority } = row
  return { variantId: row.variant_id, warehouseId: row.warehouse_id, free, country, priority }
}
