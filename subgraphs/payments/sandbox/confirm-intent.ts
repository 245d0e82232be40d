import { timingSafeEqual } from 'node:crypto'
import type { SandboxIntent } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { acceptCard, failIntent } from './charge-intent.ts'
import { type Card, type CardBehaviour, readCard } from './sandbox-cards.ts'
import { toIntentObject } from './sandbox-objects.ts'
import { lockIntent, newReference, type SandboxWorld, tellHouse } from './sandbox-world.ts'

/** What the page is told, as a provider's script would tell it. */
export type Confirmation =
  | { status: 'succeeded' | 'processing' | 'requires_capture' }
  | { status: 'requires_action'; redirectPath: string }
  | { status: 'failed'; failureCode: string; failureReason: string }

/** The shopper gives a card for an intent. Null when there is no such intent or the secret is not its own. */
export async function confirmIntent(
  world: SandboxWorld,
  reference: string,
  { clientSecret, ...card }: Card & { clientSecret: string },
): Promise<Confirmation | null> {
  return await world.database.transact(async (tx) => {
    const intent = await lockIntent(tx, reference)
    if (!intent || !isSame(intent.clientSecret, clientSecret)) return null
    switch (intent.status) {
      case 'succeeded':
      case 'processing':
      case 'requires_capture':
        return { status: intent.status }
      case 'canceled':
        return {
          status: 'failed',
          failureCode: 'intent_canceled',
          failureReason: 'This payment was called off.',
        }
    }
    const read = readCard(card, world.clock.now())
    if ('failureCode' in read) return { status: 'failed', ...read }
    const attempt = await tx.sandboxIntent.update({
      where: { reference },
      data: {
        attemptReference: newReference('sbx_att'),
        failureCode: null,
        failureReason: null,
        challengeKey: null,
        settleAt: null,
        settleTo: null,
      },
    })
    return await tryCard(tx, world, attempt, read.behaviour)
  })
}

async function tryCard(
  tx: Tx,
  world: SandboxWorld,
  intent: SandboxIntent,
  behaviour: CardBehaviour,
): Promise<Confirmation> {
  const { reference } = intent
  switch (behaviour.kind) {
    case 'succeeds':
      return accepted(await acceptCard(tx, world, intent))
    case 'loses-webhook':
      return accepted(await acceptCard(tx, world, intent, []))
    case 'repeats-webhook':
      // What happened before the charge is told after it, in between its repetitions.
      await tellProcessing(tx, world, intent, world.delayMs / 2)
      return accepted(await acceptCard(tx, world, intent, [0, 0, world.delayMs]))
    case 'refuses-first-refund': {
      const data = { refusesRefunds: 1 }
      return accepted(
        await acceptCard(tx, world, await tx.sandboxIntent.update({ where: { reference }, data })),
      )
    }
    case 'only-holds': {
      const data = { captureMethod: 'manual', laterBehaviour: behaviour.later ?? null }
      return accepted(
        await acceptCard(tx, world, await tx.sandboxIntent.update({ where: { reference }, data })),
      )
    }
    case 'succeeds-then': {
      const data = { laterBehaviour: behaviour.later }
      return accepted(
        await acceptCard(tx, world, await tx.sandboxIntent.update({ where: { reference }, data })),
      )
    }
    case 'fails':
      await failIntent(tx, world, intent, behaviour)
      return { status: 'failed', failureCode: behaviour.code, failureReason: behaviour.reason }
    case 'succeeds-late':
    case 'fails-late': {
      const settleAt = new Date(world.clock.now().getTime() + world.delayMs)
      const settleTo = behaviour.kind === 'fails-late' ? 'failed' : 'succeeded'
      await tx.sandboxIntent.update({ where: { reference }, data: { settleAt, settleTo } })
      await tellProcessing(tx, world, intent, 0)
      return { status: 'processing' }
    }
    case 'needs-action':
      return await askShopper(tx, world, intent)
  }
}

function accepted({ status }: SandboxIntent): Confirmation {
  return { status: status === 'requires_capture' ? 'requires_capture' : 'succeeded' }
}

async function tellProcessing(
  tx: Tx,
  world: SandboxWorld,
  intent: SandboxIntent,
  delayMs: number,
): Promise<void> {
  const processing = await tx.sandboxIntent.update({
    where: { reference: intent.reference },
    data: { status: 'processing' },
  })
  const data = { intent: await toIntentObject(tx, processing) }
  await tellHouse(tx, world, { type: 'intent.processing', data }, [delayMs])
}

async function askShopper(tx: Tx, world: SandboxWorld, intent: SandboxIntent): Promise<Confirmation> {
  const challengeKey = newReference('key')
  const waiting = await tx.sandboxIntent.update({
    where: { reference: intent.reference },
    data: { status: 'requires_action', challengeKey },
  })
  const data = { intent: await toIntentObject(tx, waiting) }
  await tellHouse(tx, world, { type: 'intent.requires-action', data })
  const redirectPath = `/sandbox/intents/${intent.reference}/challenge?key=${challengeKey}`
  return { status: 'requires_action', redirectPath }
}

/** Compares secrets without telling by the time where they differ. */
export function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}
