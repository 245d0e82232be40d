import { uuidv7 } from '#platform/ids/uuid.ts'
import type { Tx } from '../data/tx.ts'

/** A place that keeps goods and sends them to these markets. Opening a code that is there already changes no more than
 * where it stands. */
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
    /** ISO 3166 code of where it stands: the nearest sends. A boutique's room stands where the boutique does. */
    country?: string
  },
): Promise<string> {
  const shop = warehouse.shopId == null ? null : await tx.shop.findUnique({ where: { id: warehouse.shopId } })
  const country = warehouse.country ?? shop?.country ?? null
  const { id } = await tx.warehouse.upsert({
    where: { code: warehouse.code },
    create: { id: uuidv7(), ...warehouse, country, markets: [...warehouse.markets] },
    update: { country },
  })
  return id
}
