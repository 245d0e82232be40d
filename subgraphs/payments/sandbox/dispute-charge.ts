import type { SandboxDispute, SandboxIntent } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { toDisputeObject } from './sandbox-objects.ts'
import { newReference, type SandboxWorld, tellHouse } from './sandbox-world.ts'

/** How many delays the bank takes to decide: long enough for a person to see the dispute open. */
const decidesAfter = 20

/** The shopper will tell the bank that this charge was not theirs. The caller holds the intent's row. */
export async function planDispute(tx: Tx, world: SandboxWorld, intent: SandboxIntent): Promise<void> {
  const now = world.clock.now()
  await tx.sandboxDispute.create({
    data: {
      reference: newReference('sbx_dp'),
      intentReference: intent.reference,
      amountMinor: intent.amountMinor,
      status: 'coming',
      reason: 'fraudulent',
      at: now,
      settleAt: new Date(now.getTime() + world.delayMs),
      settleTo: 'open',
    },
  })
}

/** Opens the dispute, later decides it, and tells the house each time. The caller holds the intent's row. */
export async function settleDispute(
  tx: Tx,
  world: SandboxWorld,
  intent: SandboxIntent,
  { reference, settleTo }: SandboxDispute,
): Promise<void> {
  const now = world.clock.now()
  const charge = await tx.sandboxCharge.findUniqueOrThrow({ where: { intentReference: intent.reference } })
  const isOpening = settleTo === 'open'
  const dispute = await tx.sandboxDispute.update({
    where: { reference },
    data: isOpening
      ? {
          status: 'open',
          amountMinor: charge.amountMinor,
          at: now,
          settleAt: new Date(now.getTime() + decidesAfter * world.delayMs),
          settleTo: intent.laterBehaviour === 'dispute-won' ? 'won' : 'lost',
        }
      : { status: settleTo ?? 'lost', settleAt: null, settleTo: null },
  })
  const object = toDisputeObject(dispute, intent.currency)
  await tellHouse(tx, world, { type: `dispute.${dispute.status}`, data: { dispute: object } })
}
