import type { IncomingHttpHeaders } from 'node:http'
import type { Clock } from '#platform/time/clock.ts'
import type { PaymentsDatabase } from '../data/tx.ts'
import type { PaymentProvider } from '../providers/payment-provider.ts'
import { keepProviderEvent } from './keep-provider-event.ts'

/**
 * Keeps a webhook under the provider's own id; applying it comes after the answer. One that came before is kept once.
 * Throws SignatureInvalid unless the provider signed exactly these bytes.
 */
export async function receiveWebhook(
  { database, clock }: { database: PaymentsDatabase; clock: Clock },
  provider: PaymentProvider,
  request: { rawBody: Buffer; headers: IncomingHttpHeaders },
): Promise<void> {
  const name = provider.verify(request.rawBody, request.headers)
  const json = request.rawBody.toString('utf8')
  await keepProviderEvent(database.prisma, provider.name, { ...name, json }, clock.now())
}
