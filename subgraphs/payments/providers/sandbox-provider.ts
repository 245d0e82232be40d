import type { PaymentsDatabase } from '../data/tx.ts'
import type { SandboxIntent } from '../data/generated/client.ts'
import {
  sandboxEvent,
  type SandboxIntentObject,
  type SandboxRefundObject,
  toIntentObject,
  toRefundObject,
} from '../sandbox/sandbox-objects.ts'
import { verifySandboxWebhook } from '../sandbox/sandbox-signature.ts'
import { lockIntent, newReference, type SandboxWorld, tellHouse } from '../sandbox/sandbox-world.ts'
import {
  type Fact,
  type NewIntent,
  type NewRefund,
  type Notice,
  type PaymentProvider,
  ProviderRefused,
  type Report,
  SignatureInvalid,
} from './payment-provider.ts'

/** The built-in provider: behaves like one outside, and keeps its own books beside ours. */
export function createSandboxProvider(world: SandboxWorld, webhookSecret: string): PaymentProvider {
  const { database, clock } = world
  return {
    name: 'sandbox',
    publishableKey: null,
    createIntent: (intent) => createIntent(world, intent),
    retrieve: async (reference) => {
      const intent = await getIntent(database, reference)
      return reportOf(await toIntentObject(database.prisma, intent), clock.now())
    },
    cancel: (reference) => cancelIntent(world, reference),
    refund: (refund) => refundCharge(world, refund),
    verify: (rawBody, headers) => {
      if (!verifySandboxWebhook(webhookSecret, rawBody, headers['sandbox-signature'], clock.now()))
        throw new SignatureInvalid()
      return readNotice(JSON.parse(rawBody.toString('utf8')))
    },
    read: readNotice,
  }
}

async function createIntent(world: SandboxWorld, intent: NewIntent) {
  const { idempotencyKey } = intent
  await world.database.prisma.$executeRaw`
    INSERT INTO sandbox_intents (reference, idempotency_key, client_secret, transaction_id, currency, amount_minor, status,
                                 return_path, created_at)
    VALUES (${newReference('sbx_pi')}, ${idempotencyKey}, ${newReference('sbx_secret')}, ${intent.transactionId},
            ${intent.currency}, ${intent.amountMinor}, 'requires_payment_method', ${intent.returnPath}, ${world.clock.now()})
    ON CONFLICT (idempotency_key) DO NOTHING`
  const made = await world.database.prisma.sandboxIntent.findUniqueOrThrow({ where: { idempotencyKey } })
  if (made.amountMinor !== intent.amountMinor || made.currency !== intent.currency) {
    throw new ProviderRefused('idempotency_error', 'This key was used for another amount.')
  }
  return { reference: made.reference, clientSecret: made.clientSecret }
}

async function getIntent(database: PaymentsDatabase, reference: string): Promise<SandboxIntent> {
  const intent = await database.prisma.sandboxIntent.findUnique({ where: { reference } })
  if (!intent) throw unknownIntent()
  return intent
}

const unknownIntent = () => new ProviderRefused('resource_missing', 'There is no such intent.')

async function cancelIntent(world: SandboxWorld, reference: string): Promise<Report> {
  return await world.database.transact(async (tx) => {
    let intent = await lockIntent(tx, reference)
    if (!intent) throw unknownIntent()
    if (intent.status === 'requires_payment_method' || intent.status === 'requires_action') {
      const data = { status: 'canceled', challengeKey: null }
      intent = await tx.sandboxIntent.update({ where: { reference }, data })
      const object = await toIntentObject(tx, intent)
      await tellHouse(tx, world, { type: 'intent.canceled', data: { intent: object } })
    }
    return reportOf(await toIntentObject(tx, intent), world.clock.now())
  })
}

async function refundCharge(world: SandboxWorld, wanted: NewRefund) {
  const { reference, idempotencyKey, amountMinor } = wanted
  return await world.database.transact(async (tx) => {
    const intent = await lockIntent(tx, reference)
    if (!intent) throw unknownIntent()
    const known = await tx.sandboxRefund.findUnique({ where: { idempotencyKey } })
    if (known) return told(toRefundObject(known, intent.currency), known.at)
    const charge = await tx.sandboxCharge.findUnique({ where: { intentReference: reference } })
    const before = await tx.sandboxRefund.aggregate({
      where: { intentReference: reference, status: 'succeeded' },
      _sum: { amountMinor: true },
    })
    if (!charge || (before._sum.amountMinor ?? 0n) + amountMinor > charge.amountMinor) {
      throw new ProviderRefused('charge_already_refunded', 'There is not so much left to give back.')
    }
    const isRefused = intent.refusesRefunds > 0
    if (isRefused) {
      await tx.sandboxIntent.update({ where: { reference }, data: { refusesRefunds: { decrement: 1 } } })
    }
    const refund = await tx.sandboxRefund.create({
      data: {
        reference: newReference('sbx_re'),
        idempotencyKey,
        intentReference: reference,
        amountMinor,
        status: isRefused ? 'failed' : 'succeeded',
        at: world.clock.now(),
      },
    })
    const object = toRefundObject(refund, intent.currency)
    await tellHouse(tx, world, { type: `refund.${refund.status}`, data: { refund: object } })
    return told(object, refund.at)
  })
}

function told(refund: SandboxRefundObject, at: Date) {
  return { refundReference: refund.reference, facts: factsOfRefund(refund, at) }
}

function readNotice(payload: unknown): Notice {
  const { id, type, created, data } = sandboxEvent.parse(payload)
  const at = new Date(created)
  const { intent, refund } = data
  const report = intent
    ? reportOf(intent, at)
    : refund
      ? { reference: refund.intentReference, transactionId: null, facts: factsOfRefund(refund, at) }
      : null
  return { id, type, report }
}

function reportOf(intent: SandboxIntentObject, at: Date): Report {
  return { reference: intent.reference, transactionId: intent.transactionId, facts: factsOf(intent, at) }
}

function factsOf(intent: SandboxIntentObject, at: Date): Fact[] {
  const amount = { currency: intent.currency, amountMinor: BigInt(intent.amountMinor) }
  const attempt = {
    pspReference: intent.attempt ?? intent.reference,
    ...amount,
    code: null,
    message: null,
    at,
  }
  switch (intent.status) {
    case 'succeeded': {
      const { charge } = intent
      if (!charge) throw new Error(`The sandbox says ${intent.reference} succeeded, without a charge`)
      const taken = { currency: charge.currency, amountMinor: BigInt(charge.amountMinor) }
      return [{ ...attempt, type: 'CHARGE_SUCCESS', pspReference: charge.reference, ...taken }]
    }
    case 'canceled':
      return [{ ...attempt, type: 'CANCEL_SUCCESS', pspReference: intent.reference }]
    case 'processing':
      return [{ ...attempt, type: 'CHARGE_REQUEST' }]
    case 'requires_action':
      return [{ ...attempt, type: 'CHARGE_ACTION_REQUIRED' }]
    case 'requires_payment_method':
      if (!intent.failure) return []
      return [
        { ...attempt, type: 'CHARGE_FAILURE', code: intent.failure.code, message: intent.failure.reason },
      ]
  }
}

function factsOfRefund(refund: SandboxRefundObject, at: Date): Fact[] {
  const isDone = refund.status === 'succeeded'
  return [
    {
      type: isDone ? 'REFUND_SUCCESS' : 'REFUND_FAILURE',
      pspReference: refund.reference,
      currency: refund.currency,
      amountMinor: BigInt(refund.amountMinor),
      code: isDone ? null : 'refund_failed',
      message: isDone ? null : 'The bank did not take the money back.',
      at,
    },
  ]
}
