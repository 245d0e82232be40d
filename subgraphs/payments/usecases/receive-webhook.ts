import type { IncomingHttpHeaders } from 'node:http'
import type { Clock } from '#platform/time/clock.ts'
import type { PaymentsDatabase } from '../data/tx.ts'
import type { PaymentProvider } from '../providers/payment-provider.ts'

/**
 * Keeps a webhook under the provider's own id; applying it comes after the answer. One that came before is kept once.
 * Throws SignatureInvalid unless the provider signed exactly these bytes.
 */
export async function receiveWebhook(
  { database, clock }: { database: PaymentsDatabase; clock: Clock },
  provider: PaymentProvider,
  request: { rawBody: Buffer; headers: IncomingHttpHeaders },
): Promise<void> {
  const { id, type } = provider.verify(request.rawBody, request.headers)
  const now = clock.now()
  await database.prisma.$executeRaw`
    INSERT INTO provider_events (provider, id, type, payload, state, received_at, due_at)
    VALUES (${provider.name}, ${id}, ${type}, ${request.rawBody.toString('utf8')}::jsonb, 'RECEIVED', ${now}, ${now})
    ON CONFLICT (provider, id) DO NOTHING`
}
