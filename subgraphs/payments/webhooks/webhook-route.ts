import { sendJson } from '#platform/server/http-server.ts'
import type { Route } from '#platform/server/subgraph.ts'
import { type PaymentProvider, SignatureInvalid } from '../providers/payment-provider.ts'
import type { PaymentWork } from '../usecases/advance-transaction.ts'
import { receiveWebhook } from '../usecases/receive-webhook.ts'

/**
 * Where a provider tells what happened. Its own signature over the bytes is the proof, so it needs none of the gateway's;
 * the answer comes as soon as the webhook is kept, and `onReceived` has it applied.
 */
export function createWebhookRoute(
  work: PaymentWork,
  provider: PaymentProvider,
  onReceived: () => void,
): Route {
  return {
    method: 'POST',
    path: `/webhooks/${provider.name}`,
    signed: false,
    maxBytes: 1_000_000,
    handle: async ({ body, headers }, response) => {
      try {
        await receiveWebhook(work, provider, { rawBody: body, headers })
      } catch (error) {
        if (!(error instanceof SignatureInvalid)) throw error
        sendJson(response, 400, { error: error.message })
        return
      }
      onReceived()
      sendJson(response, 200, { received: true })
    },
  }
}
