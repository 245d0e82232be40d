import type { SandboxIntent } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { toIntentObject } from './sandbox-objects.ts'
import { type SandboxWorld, tellHouse } from './sandbox-world.ts'

/** Calls the intent off, releases what it holds, and tells the house. The caller holds its row. */
export async function releaseIntent(
  tx: Tx,
  world: SandboxWorld,
  { reference }: SandboxIntent,
): Promise<SandboxIntent> {
  const data = { status: 'canceled', challengeKey: null, settleAt: null, settleTo: null }
  const released = await tx.sandboxIntent.update({ where: { reference }, data })
  const intent = await toIntentObject(tx, released)
  await tellHouse(tx, world, { type: 'intent.canceled', data: { intent } })
  return released
}
