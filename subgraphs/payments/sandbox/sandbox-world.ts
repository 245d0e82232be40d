import { randomBytes } from 'node:crypto'
import type { Clock } from '#platform/time/clock.ts'
import type { SandboxIntent } from '../data/generated/client.ts'
import type { PaymentsDatabase, Tx } from '../data/tx.ts'
import type { SandboxEvent } from './sandbox-objects.ts'

/** What the sandbox runs on. */
export interface SandboxWorld {
  database: PaymentsDatabase
  clock: Clock
  /** How late its late successes and its webhooks' laggards come. */
  delayMs: number
}

/** A reference as a provider makes them: a prefix that says of what, and nothing to guess from. */
export function newReference(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`
}

/** Takes the intent's row; null when there is none. */
export async function lockIntent(tx: Tx, reference: string): Promise<SandboxIntent | null> {
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT FROM sandbox_intents WHERE reference = ${reference} FOR UPDATE`
  return locked.length === 0 ? null : await tx.sandboxIntent.findUnique({ where: { reference } })
}

/** Notes what has happened, and puts webhooks of it on their way, one for each delay. */
export async function tellHouse(
  tx: Tx,
  world: SandboxWorld,
  event: Pick<SandboxEvent, 'type' | 'data'>,
  delaysMs: readonly number[] = [0],
): Promise<void> {
  const now = world.clock.now()
  const id = newReference('sbx_evt')
  const payload = { id, created: now.toISOString(), ...event }
  await tx.sandboxEvent.create({ data: { id, type: event.type, payload, createdAt: now } })
  const body = JSON.stringify(payload)
  await tx.sandboxWebhook.createMany({
    data: delaysMs.map((delayMs) => ({ body, dueAt: new Date(now.getTime() + delayMs) })),
  })
}
