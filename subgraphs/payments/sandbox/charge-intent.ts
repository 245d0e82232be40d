import type { SandboxIntent } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { planDispute } from './dispute-charge.ts'
import { toIntentObject } from './sandbox-objects.ts'
import { newReference, type SandboxWorld, tellHouse } from './sandbox-world.ts'

/** The card is good: takes the money, or holds it where the house wants to take it later. The caller holds the row. */
export async function acceptCard(
  tx: Tx,
  world: SandboxWorld,
  intent: SandboxIntent,
  webhookDelaysMs?: readonly number[],
): Promise<SandboxIntent> {
  return intent.captureMethod === 'manual'
    ? await authorizeIntent(tx, world, intent, webhookDelaysMs)
    : await chargeIntent(tx, world, intent, webhookDelaysMs ? { webhookDelaysMs } : {})
}

/** Takes the money, once, and tells the house as often and as late as asked. The caller holds the intent's row. */
export async function chargeIntent(
  tx: Tx,
  world: SandboxWorld,
  intent: SandboxIntent,
  { amountMinor = intent.amountMinor, webhookDelaysMs = [0] }: ChargeOptions,
): Promise<SandboxIntent> {
  await tx.sandboxCharge.create({
    data: {
      reference: newReference('sbx_ch'),
      intentReference: intent.reference,
      currency: intent.currency,
      amountMinor,
      at: world.clock.now(),
    },
  })
  if (intent.laterBehaviour?.startsWith('dispute-')) await planDispute(tx, world, intent)
  const charged = await tx.sandboxIntent.update({
    where: { reference: intent.reference },
    data: { status: 'succeeded', ...nothingAhead },
  })
  const data = { intent: await toIntentObject(tx, charged) }
  await tellHouse(tx, world, { type: 'intent.succeeded', data }, webhookDelaysMs)
  return charged
}

interface ChargeOptions {
  /** All that is asked for, unless told. */
  amountMinor?: bigint
  webhookDelaysMs?: readonly number[]
}

const nothingAhead = {
  settleAt: null,
  settleTo: null,
  challengeKey: null,
  failureCode: null,
  failureReason: null,
}

async function authorizeIntent(
  tx: Tx,
  world: SandboxWorld,
  intent: SandboxIntent,
  webhookDelaysMs: readonly number[] = [0],
): Promise<SandboxIntent> {
  // A hold that the bank will let lapse.
  const lapsing = {
    settleAt: new Date(world.clock.now().getTime() + world.delayMs),
    settleTo: 'canceled',
  }
  const authorized = await tx.sandboxIntent.update({
    where: { reference: intent.reference },
    data: {
      status: 'requires_capture',
      ...nothingAhead,
      ...(intent.laterBehaviour === 'hold-lapses' && lapsing),
    },
  })
  const data = { intent: await toIntentObject(tx, authorized) }
  await tellHouse(tx, world, { type: 'intent.authorized', data }, webhookDelaysMs)
  return authorized
}

/** Refuses the attempt and tells the house; the intent waits for another card. */
export async function failIntent(
  tx: Tx,
  world: SandboxWorld,
  intent: SandboxIntent,
  failure: { code: string; reason: string },
): Promise<void> {
  const failed = await tx.sandboxIntent.update({
    where: { reference: intent.reference },
    data: {
      status: 'requires_payment_method',
      ...nothingAhead,
      failureCode: failure.code,
      failureReason: failure.reason,
    },
  })
  const data = { intent: await toIntentObject(tx, failed) }
  await tellHouse(tx, world, { type: 'intent.failed', data })
}
