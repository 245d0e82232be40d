import type { SandboxIntent, SandboxRefund } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { toRefundObject } from './sandbox-objects.ts'
import { newReference, type SandboxWorld, tellHouse } from './sandbox-world.ts'

/**
 * Gives money back as the card has it, once for a key; null when there is not so much left. The caller holds the
 * intent's row.
 */
export async function refundAtSandbox(
  tx: Tx,
  world: SandboxWorld,
  intent: SandboxIntent,
  { idempotencyKey, amountMinor }: { idempotencyKey: string; amountMinor: bigint },
): Promise<SandboxRefund | null> {
  const { reference: intentReference, currency } = intent
  const known = await tx.sandboxRefund.findUnique({ where: { idempotencyKey } })
  if (known) return known
  const charge = await tx.sandboxCharge.findUnique({ where: { intentReference } })
  const before = await tx.sandboxRefund.aggregate({
    where: { intentReference, status: { not: 'failed' } },
    _sum: { amountMinor: true },
  })
  if (!charge || (before._sum.amountMinor ?? 0n) + amountMinor > charge.amountMinor) return null
  const refund = await tx.sandboxRefund.create({
    data: {
      reference: newReference('sbx_re'),
      idempotencyKey,
      intentReference,
      amountMinor,
      ...(await courseOf(tx, world, intent)),
      at: world.clock.now(),
    },
  })
  await tellRefund(tx, world, refund, currency)
  return refund
}

/** The bank decides about a refund anew. The caller holds the intent's row. */
export async function settleRefund(
  tx: Tx,
  world: SandboxWorld,
  { currency }: SandboxIntent,
  { reference, settleTo }: SandboxRefund,
): Promise<void> {
  const refund = await tx.sandboxRefund.update({
    where: { reference },
    data: { status: settleTo ?? 'succeeded', settleAt: null, settleTo: null, at: world.clock.now() },
  })
  await tellRefund(tx, world, refund, currency)
}

async function courseOf(tx: Tx, world: SandboxWorld, intent: SandboxIntent) {
  const { reference, refusesRefunds, laterBehaviour } = intent
  if (refusesRefunds > 0) {
    await tx.sandboxIntent.update({ where: { reference }, data: { refusesRefunds: { decrement: 1 } } })
    return { status: 'failed' }
  }
  const settleAt = new Date(world.clock.now().getTime() + world.delayMs)
  switch (laterBehaviour) {
    case 'refund-late':
      return { status: 'pending', settleAt, settleTo: 'succeeded' }
    case 'refund-sent-back':
      return { status: 'succeeded', settleAt, settleTo: 'failed' }
    default:
      return { status: 'succeeded' }
  }
}

async function tellRefund(
  tx: Tx,
  world: SandboxWorld,
  refund: SandboxRefund,
  currency: string,
): Promise<void> {
  const object = toRefundObject(refund, currency)
  await tellHouse(tx, world, { type: `refund.${refund.status}`, data: { refund: object } })
}
