import type { Clock } from '#platform/time/clock.ts'
import type { PaymentsConfig } from '../config.ts'
import { createPacedHttpClient } from './paced-http-client.ts'
import type { PaymentProvider } from './payment-provider.ts'
import { createRequestPacer, type Lane, type Pulse } from './request-pacer.ts'
import { createStripeClient } from './stripe-client.ts'
import { createStripeProvider } from './stripe-provider.ts'

/** Longer than a provider's answer takes, shorter than the worker's lease and a shopper's patience. */
const mostWaitMs = { shopper: 4_000, background: 10_000 }
/** More could not have their turn in time. */
const mostWaiting = 400

const systemPulse: Pulse = {
  now: () => performance.now(),
  after: (ms, run) => {
    setTimeout(run, ms).unref()
  },
}

/** Stripe, for who looks at a page and for work that has time: both share the account's limits. */
export function openStripe(
  config: PaymentsConfig,
  clock: Clock,
  pulse: Pulse = systemPulse,
): Record<Lane, PaymentProvider> {
  const pacer = createRequestPacer({
    perSecond: config.STRIPE_REQUESTS_PER_SECOND,
    perEndpoint: config.STRIPE_REQUESTS_PER_ENDPOINT,
    mostWaiting,
    mostWaitMs,
    pulse,
  })
  const open = (lane: Lane) =>
    createStripeProvider({
      stripe: createStripeClient({
        secretKey: config.STRIPE_SECRET_KEY ?? '',
        apiUrl: config.STRIPE_API_URL,
        httpClient: createPacedHttpClient(pacer, lane),
      }),
      webhookSecrets: config.STRIPE_WEBHOOK_SECRET ?? [],
      publishableKey: config.STRIPE_PUBLISHABLE_KEY ?? '',
      clock,
    })
  return { shopper: open('shopper'), background: open('background') }
}
