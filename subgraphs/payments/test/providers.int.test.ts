import Stripe from 'stripe'
import { describe, test } from 'vitest'
import { createDatabase } from '#platform/database/database.ts'
import { silentLogger } from '#platform/log/logger.ts'
import { createTestDatabase } from '#platform/testing/test-database.ts'
import { systemClock } from '#platform/time/clock.ts'
import { PrismaClient } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { paymentProviderContract, type ProviderWorld } from '../providers/payment-provider.contract.ts'
import { createSandboxProvider } from '../providers/sandbox-provider.ts'
import { createStripeClient } from '../providers/stripe-client.ts'
import { createStripeProvider } from '../providers/stripe-provider.ts'
import { type StripeExamples, startStripeStandIn } from '../providers/stripe-stand-in.ts'
import { confirmIntent } from '../sandbox/confirm-intent.ts'
import { signSandboxWebhook } from '../sandbox/sandbox-signature.ts'
import { stripeExamples } from './stripe-examples.ts'

const secret = 'whsec_of_a_test_that_is_long_enough'

paymentProviderContract('the sandbox', async () => {
  const testDatabase = await createTestDatabase('payments')
  const database = createDatabase<PrismaClient, Tx>({
    url: testDatabase.url,
    PrismaClient,
    log: silentLogger,
  })
  const sandbox = { database, clock: systemClock, delayMs: 3_600_000 }
  const give = (cardNumber: string) => async (reference: string, clientSecret: string) => {
    await confirmIntent(sandbox, reference, { clientSecret, cardNumber, expiry: '12/99', cvc: '123' })
  }
  return {
    provider: createSandboxProvider(sandbox, secret),
    succeed: give('4242424242424242'),
    decline: give('4000000000009995'),
    askShopper: give('4000002500003155'),
    process: give('4000000000005126'),
    webhook: async (reference) => {
      const last = await database.prisma.sandboxWebhook.findFirstOrThrow({
        where: { body: { contains: reference } },
        orderBy: { id: 'desc' },
      })
      const body = Buffer.from(last.body)
      return { body, headers: { 'sandbox-signature': signSandboxWebhook(secret, body, new Date()) } }
    },
    close: async () => {
      await database.close()
      await testDatabase.drop()
    },
  }
})

async function openStripe(examples: StripeExamples): Promise<ProviderWorld> {
  const stripe = await startStripeStandIn(examples)
  const provider = createStripeProvider({
    stripe: createStripeClient({ secretKey: 'sk_test_of_nobody', apiUrl: stripe.url }),
    webhookSecrets: [secret],
    publishableKey: 'pk_test_of_nobody',
    clock: systemClock,
  })
  const signer = new Stripe('sk_test_of_nobody')
  return {
    provider,
    succeed: async (reference) => stripe.succeed(reference),
    decline: async (reference) => stripe.decline(reference, 'card_declined', 'insufficient_funds'),
    askShopper: async (reference) => stripe.move(reference, 'requires_action'),
    process: async (reference) => stripe.move(reference, 'processing'),
    webhook: async (reference) => {
      const payload = stripe.eventAbout(reference, 'payment_intent.succeeded')
      const header = signer.webhooks.generateTestHeaderString({ payload, secret })
      return { body: Buffer.from(payload), headers: { 'stripe-signature': header } }
    },
    close: () => stripe.close(),
  }
}

if (stripeExamples) {
  const examples = stripeExamples
  paymentProviderContract('Stripe', () => openStripe(examples))
} else {
  describe('Stripe', () => {
    test.skip('its examples are not on this machine (MAISON_DATA)', () => undefined)
  })
}
