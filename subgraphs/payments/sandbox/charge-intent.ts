import type { SandboxIntent } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { toIntentObject } from './sandbox-objects.ts'
import { newReference, type SandboxWorld, tellHouse } from './sandbox-world.ts'

/** Takes the money, once, and tells the house as often and as late as asked. The caller holds the intent's row. */
export async function chargeIntent(
  tx: Tx,
  world: SandboxWorld,
  intent: SandboxIntent,
  webhookDelaysMs: readonly number[] = [0],
): Promise<void> {
  await tx.sandboxCharge.create({
    data: {
      reference: newReference('sbx_ch'),
      intentReference: intent.reference,
      currency: intent.currency,
      amountMinor: intent.amountMinor,
      at: world.clock.now(),
    },
  })
  const charged = await tx.sandboxIntent.update({
    where: { reference: intent.reference },
    data: {
      status: 'succeeded',
      settleAt: null,
      challengeKey: null,
      failureCode: null,
      failureReason: null,
    },
  })
  const data = { intent: await toIntentObject(tx, charged) }
  await tellHouse(tx, world, { type: 'intent.succeeded', data }, webhookDelaysMs)
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
      challengeKey: null,
      failureCode: failure.code,
      failureReason: failure.reason,
    },
  })
  const data = { intent: await toIntentObject(tx, failed) }
  await tellHouse(tx, world, { type: 'intent.failed', data })
}
