import type { Tx } from '../data/tx.ts'
import type { EventName } from '../providers/payment-provider.ts'

/** Keeps an event under the provider's own id, due to be applied; one that came before is kept once. */
export async function keepProviderEvent(
  tx: Tx,
  provider: string,
  { id, type, json }: EventName & { json: string },
  now: Date,
): Promise<boolean> {
  const added = await tx.$executeRaw`
    INSERT INTO provider_events (provider, id, type, payload, state, received_at, due_at)
    VALUES (${provider}, ${id}, ${type}, ${json}::jsonb, 'RECEIVED', ${now}, ${now})
    ON CONFLICT (provider, id) DO NOTHING`
  return added === 1
}
