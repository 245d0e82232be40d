import { distanceKm } from './distance.ts'

/** Pieces of one variant in one warehouse. */
export interface Allotment {
  variantId: string
  warehouseId: string
  quantity: number
}

/** What one warehouse could give of one variant. */
export interface FreePieces {
  variantId: string
  warehouseId: string
  free: number
  /** Where the warehouse stands (ISO 3166); null: far from everywhere. */
  country: string | null
  /** Lower ones first, among warehouses as near as each other. */
  priority: number
}

export interface GoodsWanted {
  /** One line per variant. */
  lines: readonly { variantId: string; quantity: number }[]
  /** Where the goods go; null when that does not matter. */
  country: string | null
  /** Whether several warehouses may serve them together. */
  allowsSplit: boolean
}

export type Allocation =
  | { kind: 'Allocated'; allotments: Allotment[] }
  /** The lines that cannot be had, and how many pieces of each could. */
  | { kind: 'Short'; lines: { variantId: string; available: number }[] }

interface Warehouse {
  id: string
  free: ReadonlyMap<string, number>
}

/**
 * Which warehouse gives what. The nearest one that has everything gives everything. Only if none has, and if it is
 * allowed, the goods are split, into few parcels: again and again the warehouse that has most of the open lines whole (the
 * nearest of several) takes those; a line that nobody has whole is gathered from the nearest on.
 */
export function allocateGoods(wanted: GoodsWanted, pieces: readonly FreePieces[]): Allocation {
  const warehouses = rank(pieces, wanted.country)
  const alone = warehouses.find((warehouse) => lacking(warehouse, wanted.lines).length === 0)
  if (alone) return { kind: 'Allocated', allotments: takeWhole(alone, wanted.lines) }
  return wanted.allowsSplit ? split(warehouses, wanted.lines) : shortOfOne(warehouses, wanted.lines)
}

type Lines = GoodsWanted['lines']

function rank(pieces: readonly FreePieces[], country: string | null): Warehouse[] {
  const groups = Map.groupBy(pieces, (row) => row.warehouseId)
  return [...groups]
    .map(([id, rows]) => ({
      id,
      distance: distanceKm(rows[0]?.country ?? null, country),
      priority: rows[0]?.priority ?? 0,
      free: new Map(rows.map((row) => [row.variantId, Math.max(0, row.free)])),
    }))
    .sort((a, b) => compare(a.distance, b.distance) || compare(a.priority, b.priority) || compare(a.id, b.id))
}

// Not by subtraction: two warehouses may both be infinitely far.
function compare<T extends number | string>(a: T, b: T): number {
  return a === b ? 0 : a < b ? -1 : 1
}

const has = (warehouse: Warehouse, variantId: string): number => warehouse.free.get(variantId) ?? 0

const lacking = (warehouse: Warehouse, lines: Lines): Lines =>
  lines.filter((line) => has(warehouse, line.variantId) < line.quantity)

const takeWhole = (warehouse: Warehouse, lines: Lines): Allotment[] =>
  lines.map(({ variantId, quantity }) => ({ variantId, warehouseId: warehouse.id, quantity }))

function split(warehouses: readonly Warehouse[], lines: Lines): Allocation {
  const short = lines.flatMap(({ variantId, quantity }) => {
    const available = warehouses.reduce((sum, warehouse) => sum + has(warehouse, variantId), 0)
    return available < quantity ? [{ variantId, available }] : []
  })
  if (short.length > 0) return { kind: 'Short', lines: short }
  const allotments: Allotment[] = []
  let open = lines
  for (;;) {
    const best = fullest(warehouses, open)
    if (!best || best.whole.length === 0) break
    allotments.push(...takeWhole(best.warehouse, best.whole))
    open = lacking(best.warehouse, open)
  }
  for (const { variantId, quantity } of open) {
    let missing = quantity
    for (const warehouse of warehouses) {
      const taken = Math.min(missing, has(warehouse, variantId))
      if (taken > 0) allotments.push({ variantId, warehouseId: warehouse.id, quantity: taken })
      missing -= taken
    }
  }
  return { kind: 'Allocated', allotments }
}

/** The warehouse that has most of the lines whole, the nearest of several. */
function fullest(
  warehouses: readonly Warehouse[],
  lines: Lines,
): { warehouse: Warehouse; whole: Lines } | null {
  let best: { warehouse: Warehouse; whole: Lines } | null = null
  for (const warehouse of warehouses) {
    const whole = lines.filter((line) => has(warehouse, line.variantId) >= line.quantity)
    if (best === null || whole.length > best.whole.length) best = { warehouse, whole }
  }
  return best
}

/** In one parcel: told is what the warehouse lacks that comes nearest to having everything. */
function shortOfOne(warehouses: readonly Warehouse[], lines: Lines): Allocation {
  const best = fullest(warehouses, lines)?.warehouse ?? { id: '', free: new Map() }
  return {
    kind: 'Short',
    lines: lacking(best, lines).map(({ variantId }) => ({ variantId, available: has(best, variantId) })),
  }
}
