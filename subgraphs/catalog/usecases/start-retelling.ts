import { uuidv7 } from '#platform/ids/uuid.ts'
import { once } from '#platform/outbox/idempotency.ts'
import type { Tx } from '../data/catalog-database.ts'

/** Asks that everything be told again; the job `retelling` does it. The same key of the same person asks once. */
export async function startRetelling(
  tx: Tx,
  { idempotencyKey, requestedBy }: { idempotencyKey: string; requestedBy: string },
): Promise<{ retellingId: string }> {
  const { result } = await once(
    tx,
    { scope: `retellCatalog:${requestedBy}`, key: idempotencyKey, fingerprint: '' },
    async () => {
      const { id } = await tx.retelling.create({ data: { id: uuidv7(), requestedBy }, select: { id: true } })
      return { retellingId: id }
    },
  )
  return result
}
