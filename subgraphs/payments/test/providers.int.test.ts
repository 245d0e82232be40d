import { createDatabase } from '#platform/database/database.ts'
import { silentLogger } from '#platform/log/logger.ts'
import { createTestDatabase } from '#platform/testing/test-database.ts'
import { fixedClock } from '#platform/time/clock.ts'
import { PrismaClient } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { paymentProviderContract } from '../providers/payment-provider.contract.ts'
import type { ProviderWorld } from '../providers/provider-world.contract.ts'
import { createSandboxProvider } from '../providers/sandbox-provider.ts'
import { createStripeClient } from '../providers/stripe-client.ts'
import { createStripeProvider } from '../providers/stripe-provider.ts'
import { startStripeStandIn } from '../providers/stripe-stand-in/start-stripe-stand-in.ts'
import { confirmIntent } from '../sandbox/confirm-intent.ts'
import { signSandboxWebhook } from '../sandbox/sandbox-signature.ts'
import { settleLate } from '../sandbox/settle-late.ts'
import { stripeData } from './stripe-examples.ts'

const secret = 'whsec_of_a_test_that_is_long_enough'
const later = 3_600_000

paymentProviderContract('the sandbox', async () => {
  const testDatabase = await createTestDatabase('payments')
  const database = createDatabase<PrismaClient, Tx>({
    url: testDatabase.url,
    PrismaClient,
    log: silentLogger,
  })
  const clock = fixedClock(new Date())
  const sandbox = { database, clock, delayMs: later }
  const give = (cardNumber: string) => async (reference: string, clientSecret: string) => {
    await confirmIntent(sandbox, reference, { clientSecret, cardNumber, expiry: '12/99', cvc: '123' })
  }
  const pass = async (ms: number) => {
    clock.advance(ms)
    await settleLate(sandbox)
  }
  const world: ProviderWorld = {
    provider: createSandboxProvider(sandbox, secret),
    clock,
    succeed: give('4242424242424242'),
    decline: give('4000000000009995'),
    askShopper: give('4000002500003155'),
    process: give('4000000000005126'),
    succeedWith: {
      'a hold that lapses': give('4000000000003071'),
      'a refund that takes its time': give('4000000000007734'),
      'a refund that is sent back': give('4000000000007742'),
      'a dispute that is lost': give('4000000000000259'),
      'a dispute that is won': give('4000000000002685'),
    },
    next: () => pass(later),
    afterAll: () => pass(20 * later),
    webhook: async (reference) => {
      const last = await database.prisma.sandboxWebhook.findFirstOrThrow({
        where: { body: { contains: reference } },
        orderBy: { id: 'desc' },
      })
      const body = Buffer.from(last.body)
      return { body, headers: { 'sandbox-signature': signSandboxWebhook(secret, body, clock.now()) } }
    },
    close: async () => {
      await database.close()
      await testDatabase.drop()
    },
  }
  return world
})

paymentProviderContract('Stripe', async () => {
  const clock = fixedClock(new Date())
  const stripe = await startStripeStandIn({ ...stripeData, now: () => clock.now() })
  const provider = createStripeProvider({
    stripe: createStripeClient({ secretKey: 'sk_test_of_nobody', apiUrl: stripe.url }),
    webhookSecrets: [secret],
    publishableKey: 'pk_test_of_nobody',
    clock,
  })
  // What is to happen to an intent next, and what after that.
  let ahead: (() => void)[] = []
  const plan =
    (...steps: ((reference: string) => void)[]) =>
    (reference: string) => {
      stripe.succeed(reference)
      ahead = steps.map((step) => () => step(reference))
      return Promise.resolve()
    }
  const settleRefund = (status: 'succeeded' | 'failed') => (intent: string) => {
    const refund = [...stripe.books.refunds.values()].find((made) => made.intent === intent)
    if (refund) stripe.settleRefund(refund.id, status)
  }
  const disputes = (status: 'won' | 'lost') => {
    let dispute = ''
    return plan(
      (reference) => {
        dispute = stripe.dispute(reference)
      },
      () => stripe.decide(dispute, status),
    )
  }
  const step = () => {
    stripe.refundCourse.status = 'succeeded'
    ahead.shift()?.()
    return Promise.resolve()
  }
  const world: ProviderWorld = {
    provider,
    clock,
    succeed: async (reference) => stripe.succeed(reference),
    decline: async (reference) => stripe.decline(reference, 'card_declined', 'insufficient_funds'),
    askShopper: async (reference) => stripe.move(reference, 'requires_action'),
    process: async (reference) => stripe.move(reference, 'processing'),
    succeedWith: {
      'a hold that lapses': plan((reference) => stripe.lapse(reference)),
      'a refund that takes its time': async (reference) => {
        stripe.refundCourse.status = 'pending'
        await plan(settleRefund('succeeded'))(reference)
      },
      'a refund that is sent back': plan(settleRefund('failed')),
      'a dispute that is lost': disputes('lost'),
      'a dispute that is won': disputes('won'),
    },
    next: step,
    afterAll: step,
    forgetKeys: stripe.forgetKeys,
    webhook: async (reference) => stripe.webhook(reference, 'payment_intent.succeeded', [secret]),
    close: () => stripe.close(),
  }
  return world
})
