import type { SandboxIntent } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { chargeIntent } from '../sandbox/charge-intent.ts'
import { releaseIntent } from '../sandbox/release-intent.ts'
import { refundAtSandbox } from '../sandbox/refund-charge.ts'
import { sandboxEvent, toDisputeObject, toIntentObject, toRefundObject } from '../sandbox/sandbox-objects.ts'
import { verifySandboxWebhook } from '../sandbox/sandbox-signature.ts'
import { lockIntent, newReference, type SandboxWorld } from '../sandbox/sandbox-world.ts'
import {
  type EventPage,
  type NewCapture,
  type NewIntent,
  type NewRefund,
  type PaymentProvider,
  ProviderRefused,
  type Report,
  SignatureInvalid,
} from './payment-provider.ts'
import { factsOfSandboxRefund, noticeOfSandbox, reportOfSandboxIntent } from './sandbox-facts.ts'

/** The built-in provider: behaves like one outside, and keeps its own books beside ours. */
export function createSandboxProvider(world: SandboxWorld, webhookSecret: string): PaymentProvider {
  const { database, clock } = world
  return {
    name: 'sandbox',
    publishableKey: null,
    createIntent: (intent) => createIntent(world, intent),
    retrieve: async (reference) => {
      const intent = await database.prisma.sandboxIntent.findUnique({ where: { reference } })
      if (!intent) throw unknownIntent()
      return await report(database.prisma, world, intent)
    },
    cancel: (reference) =>
      withIntent(world, reference, async (tx, intent) => {
        if (!isOpen(intent)) return intent
        return await releaseIntent(tx, world, intent)
      }),
    capture: (capture) => captureIntent(world, capture),
    refund: (refund) => refundCharge(world, refund),
    listEvents: (page) => listEvents(world, page),
    verify: (rawBody, headers) => {
      if (!verifySandboxWebhook(webhookSecret, rawBody, headers['sandbox-signature'], clock.now()))
        throw new SignatureInvalid()
      const { id, type } = sandboxEvent.parse(JSON.parse(rawBody.toString('utf8')))
      return { id, type }
    },
    read: noticeOfSandbox,
  }
}

const unknownIntent = () => new ProviderRefused('resource_missing', 'There is no such intent.')

const isOpen = ({ status }: SandboxIntent) =>
  status === 'requires_payment_method' || status === 'requires_action' || status === 'requires_capture'

async function createIntent(world: SandboxWorld, intent: NewIntent) {
  const { idempotencyKey } = intent
  await world.database.prisma.$executeRaw`
    INSERT INTO sandbox_intents (reference, idempotency_key, client_secret, transaction_id, currency, amount_minor,
                                 capture_method, status, return_path, created_at)
    VALUES (${newReference('sbx_pi')}, ${idempotencyKey}, ${newReference('sbx_secret')}, ${intent.transactionId},
            ${intent.currency}, ${intent.amountMinor}, ${intent.captureMethod}, 'requires_payment_method',
            ${intent.returnPath}, ${world.clock.now()})
    ON CONFLICT (idempotency_key) DO NOTHING`
  const made = await world.database.prisma.sandboxIntent.findUniqueOrThrow({ where: { idempotencyKey } })
  if (made.amountMinor !== intent.amountMinor || made.currency !== intent.currency) {
    throw new ProviderRefused('idempotency_error', 'This key was used for another amount.')
  }
  return { reference: made.reference, clientSecret: made.clientSecret }
}

/** Does something to an intent whose row is held, and tells what is so afterwards. */
async function withIntent(
  world: SandboxWorld,
  reference: string,
  change: (tx: Tx, intent: SandboxIntent) => Promise<SandboxIntent>,
): Promise<Report> {
  return await world.database.transact(async (tx) => {
    const intent = await lockIntent(tx, reference)
    if (!intent) throw unknownIntent()
    return await report(tx, world, await change(tx, intent))
  })
}

async function captureIntent(world: SandboxWorld, { reference, amountMinor }: NewCapture): Promise<Report> {
  return await withIntent(world, reference, async (tx, intent) => {
    // Captured or called off before: what is so counts.
    if (intent.status !== 'requires_capture') return intent
    if (amountMinor > intent.amountMinor)
      throw new ProviderRefused('amount_too_large', 'There is not so much authorised.')
    return await chargeIntent(tx, world, intent, { amountMinor })
  })
}

async function refundCharge(world: SandboxWorld, wanted: NewRefund) {
  const refunded = await world.database.transact(async (tx) => {
    const intent = await lockIntent(tx, wanted.reference)
    if (!intent) throw unknownIntent()
    const refund = await refundAtSandbox(tx, world, intent, wanted)
    return refund && { object: toRefundObject(refund, intent.currency), at: refund.at }
  })
  if (!refunded) {
    throw new ProviderRefused('charge_already_refunded', 'There is not so much left to give back.')
  }
  const { object, at } = refunded
  return { refundReference: object.reference, facts: factsOfSandboxRefund(object, at) }
}

async function report(tx: Tx, { clock }: SandboxWorld, intent: SandboxIntent): Promise<Report> {
  const { reference: intentReference, currency } = intent
  const refunds = await tx.sandboxRefund.findMany({ where: { intentReference }, orderBy: { at: 'asc' } })
  const disputes = await tx.sandboxDispute.findMany({
    where: { intentReference, status: { not: 'coming' } },
  })
  return reportOfSandboxIntent(await toIntentObject(tx, intent), clock.now(), {
    refunds: refunds.map((refund) => toRefundObject(refund, currency)),
    disputes: disputes.map((dispute) => toDisputeObject(dispute, currency)),
  })
}

const pageSize = 100

async function listEvents({ database: { prisma } }: SandboxWorld, { since, until, after }: EventPage) {
  const last = after === null ? null : await prisma.sandboxEvent.findUnique({ where: { id: after } })
  const events = await prisma.sandboxEvent.findMany({
    where: {
      createdAt: { gte: since, lt: until },
      ...(last && {
        OR: [{ createdAt: { lt: last.createdAt } }, { createdAt: last.createdAt, id: { lt: last.id } }],
      }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: pageSize + 1,
  })
  const page = events.slice(0, pageSize)
  return {
    events: page.map(({ id, type, payload }) => ({ id, type, payload })),
    next: events.length > pageSize ? (page.at(-1)?.id ?? null) : null,
  }
}
