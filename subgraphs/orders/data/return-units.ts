import type { Tx } from './tx.ts'

export interface UnitsBack {
  lineId: string
  quantity: number
  /** Where they are on sale again; null when they are not. */
  warehouseId: string | null
}

/**
 * Takes the physical pieces of a line of numbered pieces back: the ones of these serials, or all of the line when as many
 * were sold. Returns false, with nothing changed, when it is not clear which. A line that has no numbered pieces is fine.
 * The caller holds the order's row and, to put them on sale, the levels.
 */
export async function returnUnits(
  tx: Tx,
  back: UnitsBack,
  why: { serials: readonly string[]; orderId: string; at: Date },
): Promise<boolean> {
  const sold = await tx.stockUnit.findMany({
    where: { lineId: back.lineId, state: 'SOLD' },
    select: { id: true, serial: true, warehouseId: true },
    orderBy: { id: 'asc' },
  })
  if (sold.length === 0) return true
  const named = sold.filter((unit) => why.serials.includes(unit.serial))
  const units = sold.length === back.quantity ? sold : named
  if (units.length !== back.quantity) return false
  const state = back.warehouseId === null ? 'RETURNED' : 'AVAILABLE'
  await tx.stockUnit.updateMany({
    where: { id: { in: units.map((unit) => unit.id) } },
    data: {
      state,
      ...(back.warehouseId !== null && {
        warehouseId: back.warehouseId,
        reservationId: null,
        lineId: null,
        receivedAt: why.at,
      }),
    },
  })
  await tx.stockUnitEvent.createMany({
    data: units.map((unit) => ({
      unitId: unit.id,
      at: why.at,
      state,
      warehouseId: back.warehouseId ?? unit.warehouseId,
      reference: why.orderId,
    })),
  })
  return true
}
