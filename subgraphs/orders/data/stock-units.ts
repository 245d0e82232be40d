import { uuidv7 } from '#platform/ids/uuid.ts'
import type { StockUnitState } from './generated/client.ts'
import type { Tx } from './tx.ts'

/** A piece by its number. */
export interface Numbered {
  variantId: string
  serial: string
}

/**
 * Numbered pieces arrive. One that was given back or written off may come again; any other number that is there already is
 * left as it is. Returns the numbers that were taken in. The caller holds the levels.
 */
export async function receiveUnits(
  tx: Tx,
  units: readonly Numbered[],
  arrival: { warehouseId: string; provenance: string | null; reference: string | null; at: Date },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ serial: string }[]>`
    WITH came AS (
      INSERT INTO stock_units AS u (id, serial, variant_id, warehouse_id, state, provenance, received_at)
      SELECT id, serial, variant_id, ${arrival.warehouseId}::uuid, 'AVAILABLE', ${arrival.provenance}, ${arrival.at}
        FROM unnest(${units.map(() => uuidv7())}::uuid[], ${units.map((unit) => unit.serial)}::text[],
                    ${units.map((unit) => unit.variantId)}::uuid[]) AS n (id, serial, variant_id)
       ORDER BY serial
      ON CONFLICT (serial) DO UPDATE
         SET state = 'AVAILABLE', warehouse_id = excluded.warehouse_id, received_at = excluded.received_at, line_id = NULL
       WHERE u.state IN ('RETURNED', 'WRITTEN_OFF') AND u.variant_id = excluded.variant_id
      RETURNING u.id, u.serial
    ), noted AS (
      INSERT INTO stock_unit_events (unit_id, at, state, warehouse_id, reference)
      SELECT id, ${arrival.at}, 'AVAILABLE', ${arrival.warehouseId}::uuid, ${arrival.reference} FROM came
    )
    SELECT serial FROM came`
  return rows.map((row) => row.serial)
}

/** Where numbered pieces are and where they go; a transfer is both the way and, on arrival, what they came with. */
export interface UnitMove {
  from: { state: StockUnitState; warehouseId: string; transferId: string | null }
  to: { state: StockUnitState; warehouseId: string; transferId: string | null }
  reference: string | null
  at: Date
}

/** Moves numbered pieces that are where they should be and returns their numbers. The caller holds the levels. */
export async function moveUnits(tx: Tx, units: readonly Numbered[], move: UnitMove): Promise<string[]> {
  const { from, to } = move
  const rows = await tx.$queryRaw<{ serial: string }[]>`
    WITH moved AS (
      UPDATE stock_units u
         SET state = ${to.state}::stock_unit_state, warehouse_id = ${to.warehouseId}::uuid,
             transfer_id = ${to.transferId}::uuid
        FROM unnest(${units.map((unit) => unit.serial)}::text[], ${units.map((unit) => unit.variantId)}::uuid[])
             AS n (serial, variant_id)
       WHERE u.serial = n.serial AND u.variant_id = n.variant_id AND u.state = ${from.state}::stock_unit_state
         AND u.warehouse_id = ${from.warehouseId}::uuid AND u.transfer_id IS NOT DISTINCT FROM ${from.transferId}::uuid
      RETURNING u.id, u.serial
    ), noted AS (
      INSERT INTO stock_unit_events (unit_id, at, state, warehouse_id, reference)
      SELECT id, ${move.at}, ${to.state}::stock_unit_state, ${to.warehouseId}::uuid, ${move.reference} FROM moved
    )
    SELECT serial FROM moved`
  return rows.map((row) => row.serial)
}

/** Numbers of free pieces, the ones that came first, for each want one after the other; fewer where there are fewer. */
export async function chooseUnits(
  tx: Tx,
  wants: readonly { variantId: string; warehouseId: string; quantity: number }[],
): Promise<Numbered[]> {
  return await tx.$queryRaw<Numbered[]>`
    SELECT u.variant_id AS "variantId", u.serial
      FROM unnest(${wants.map((want) => want.variantId)}::uuid[], ${wants.map((want) => want.warehouseId)}::uuid[],
                  ${wants.map((want) => want.quantity)}::int[]) AS n (variant_id, warehouse_id, quantity)
     CROSS JOIN LATERAL (
       SELECT variant_id, serial FROM stock_units
        WHERE variant_id = n.variant_id AND warehouse_id = n.warehouse_id AND state = 'AVAILABLE'
        ORDER BY received_at, id LIMIT n.quantity) u`
}
