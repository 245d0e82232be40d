import { uuidv7 } from '#platform/ids/uuid.ts'
import type { Tx } from '../data/tx.ts'

/** A place that keeps goods and sends them to these markets. Opening a code that is there already changes nothing. */
export async function openWarehouse(
  tx: Tx,
  warehouse: {
    /** Made here when not given. */
    id?: string
    code: string
    /** The boutique it is the back room of; a boutique sells from there. */
    shopId?: string | null
    /** Lower ones are asked first. */
    priority: number
    markets: readonly string[]
  },
): Promise<string> {
  const { id } = await tx.warehouse.upsert({
    where: { code: warehouse.code },
    create: { id: uuidv7(), ...warehouse, markets: [...warehouse.markets] },
    update: {},
  })
  return id
}
