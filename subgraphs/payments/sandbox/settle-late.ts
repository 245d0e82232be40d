import type { SandboxIntent } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { acceptCard, failIntent } from './charge-intent.ts'
import { settleDispute } from './dispute-charge.ts'
import { settleRefund } from './refund-charge.ts'
import { releaseIntent } from './release-intent.ts'
import { lockIntent, type SandboxWorld } from './sandbox-world.ts'

const batch = 100

/** What comes late: charges and refusals, holds that lapse, refunds, disputes. */
export async function settleLate(world: SandboxWorld): Promise<void> {
  const { prisma } = world.database
  const due = { where: { settleAt: { lte: world.clock.now() } }, take: batch }
  for (const { reference } of await prisma.sandboxIntent.findMany(due)) {
    await underLock(world, reference, (tx, intent) => settleIntent(tx, world, intent))
  }
  for (const { reference, intentReference } of await prisma.sandboxRefund.findMany(due)) {
    await underLock(world, intentReference, async (tx, intent) => {
      const refund = await tx.sandboxRefund.findUnique({ where: { reference } })
      if (refund?.settleAt) await settleRefund(tx, world, intent, refund)
    })
  }
  for (const { reference, intentReference } of await prisma.sandboxDispute.findMany(due)) {
    await underLock(world, intentReference, async (tx, intent) => {
      const dispute = await tx.sandboxDispute.findUnique({ where: { reference } })
      if (dispute?.settleAt && dispute.settleAt <= world.clock.now())
        await settleDispute(tx, world, intent, dispute)
    })
  }
}

async function underLock(
  { database }: SandboxWorld,
  reference: string,
  settle: (tx: Tx, intent: SandboxIntent) => Promise<unknown>,
): Promise<void> {
  await database.transact(async (tx) => {
    const intent = await lockIntent(tx, reference)
    if (intent) await settle(tx, intent)
  })
}

async function settleIntent(tx: Tx, world: SandboxWorld, intent: SandboxIntent): Promise<void> {
  if (!intent.settleAt) return
  if (intent.settleTo === 'canceled') {
    if (intent.status === 'requires_capture') await releaseIntent(tx, world, intent)
    return
  }
  if (intent.status !== 'processing') return
  if (intent.settleTo === 'failed') {
    await failIntent(tx, world, intent, { code: 'card_declined', reason: 'The bank refused it in the end.' })
  } else await acceptCard(tx, world, intent)
}
