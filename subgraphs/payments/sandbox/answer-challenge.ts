import type { SandboxIntent } from '../data/generated/client.ts'
import { acceptCard, failIntent } from './charge-intent.ts'
import { isSame } from './confirm-intent.ts'
import { lockIntent, type SandboxWorld } from './sandbox-world.ts'

/** The intent whose challenge this key opens; `isOpen` is false once it was answered. Null for an unknown intent. */
export async function findChallenge(
  world: SandboxWorld,
  reference: string,
  key: string,
): Promise<{ intent: SandboxIntent; isOpen: boolean } | null> {
  const intent = await world.database.prisma.sandboxIntent.findUnique({ where: { reference } })
  return intent && { intent, isOpen: opens(intent, key) }
}

/** The shopper approves or refuses at the bank; a second answer changes nothing. Returns the way back, null for an unknown intent. */
export async function answerChallenge(
  world: SandboxWorld,
  reference: string,
  answer: { key: string; isApproved: boolean },
): Promise<string | null> {
  return await world.database.transact(async (tx) => {
    const intent = await lockIntent(tx, reference)
    if (!intent) return null
    if (opens(intent, answer.key)) {
      if (answer.isApproved) await acceptCard(tx, world, intent)
      else {
        const reason = 'The shopper did not approve the payment at the bank.'
        await failIntent(tx, world, intent, { code: 'authentication_failed', reason })
      }
    }
    return intent.returnPath
  })
}

function opens(intent: SandboxIntent, key: string): boolean {
  return (
    intent.status === 'requires_action' && intent.challengeKey !== null && isSame(intent.challengeKey, key)
  )
}
