import type { Tx } from './tx.ts'

/** Pieces a reservation needs of a serialised variant. */
export interface UnitsWanted {
  reservationId: string
  lineId: string
  variantId: string
  warehouseId: string
  quantity: number
}

/**
 * Gives each reservation its physical pieces: those asked for by serial first, then the ones that came first. The
 * caller has taken the pieces from the counters and holds the levels, so they are there; a piece that somebody
 * works on right now is passed over while another one will do, and waited for when none will.
 */
export async function pickUnits(
  tx: Tx,
  wanted: readonly UnitsWanted[],
  as: {
    state: 'RESERVED' | 'COMMITTED' | 'SOLD'
    orderId: string
    at: Date
    serials?: readonly string[]
  },
): Promise<void> {
  const picked = await pick(tx, wanted, { ...as, lock: 'FOR UPDATE SKIP LOCKED' })
  const left = wanted.flatMap((need) => {
    const got = picked.filter((unit) => unit.reservation_id === need.reservationId).length
    return got < need.quantity ? [{ ...need, quantity: need.quantity - got }] : []
  })
  if (left.length > 0) await pick(tx, left, { ...as, lock: 'FOR UPDATE' })
}

async function pick(
  tx: Tx,
  wanted: readonly UnitsWanted[],
  as: {
    state: string
    orderId: string
    at: Date
    serials?: readonly string[]
    lock: 'FOR UPDATE SKIP LOCKED' | 'FOR UPDATE'
  },
): Promise<{ reservation_id: string }[]> {
  return await tx.$queryRawUnsafe(
    `WITH picked AS (
       SELECT n.reservation_id, n.line_id, u.id
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[])
              AS n (reservation_id, line_id, variant_id, warehouse_id, quantity)
        CROSS JOIN LATERAL (
          SELECT id FROM stock_units
           WHERE variant_id = n.variant_id AND warehouse_id = n.warehouse_id AND state = 'AVAILABLE'
           ORDER BY serial <> ALL ($6::text[]), received_at, id
           LIMIT n.quantity
             ${as.lock}) u
     ), moved AS (
       UPDATE stock_units u SET state = $7::stock_unit_state, reservation_id = p.reservation_id, line_id = p.line_id
         FROM picked p WHERE u.id = p.id
       RETURNING u.id, u.warehouse_id, u.reservation_id
     ), noted AS (
       INSERT INTO stock_unit_events (unit_id, at, state, warehouse_id, reference)
       SELECT id, $8::timestamptz, $7::stock_unit_state, warehouse_id, $9 FROM moved
     )
     SELECT reservation_id FROM moved`,
    wanted.map((need) => need.reservationId),
    wanted.map((need) => need.lineId),
    wanted.map((need) => need.variantId),
    wanted.map((need) => need.warehouseId),
    wanted.map((need) => need.quantity),
    [...(as.serials ?? [])],
    as.state,
    as.at,
    as.orderId,
  )
}
