import type { Logger } from '#platform/log/logger.ts'
import { signSandboxWebhook } from './sandbox-signature.ts'
import { settleLate } from './settle-late.ts'
import type { SandboxWorld } from './sandbox-world.ts'

/** How many webhooks are on their way at once. */
const atOnce = 10
/** A webhook that nobody answers is given up after so many tries, about three days. */
const mostAttempts = 20
const leaseMs = 20_000

export interface WebhookTarget {
  url: string
  secret: string
  /** Ends deliveries under way when the process stops; they are made again. */
  signal: AbortSignal
}

/** Does what is due in the sandbox: what comes late, and bringing webhooks. */
export async function runSandbox(world: SandboxWorld, target: WebhookTarget, log: Logger): Promise<void> {
  await settleLate(world)
  for (;;) {
    const taken = await takeWebhooks(world)
    await Promise.all(taken.map((webhook) => deliver(world, target, webhook, log)))
    if (taken.length < atOnce) return
  }
}

interface TakenWebhook {
  id: bigint
  body: string
  attempts: number
}

/** Leases what is due: if this process dies it becomes due again, and the house gets it twice. */
async function takeWebhooks({ database, clock }: SandboxWorld): Promise<TakenWebhook[]> {
  const now = clock.now()
  return await database.prisma.$queryRaw<TakenWebhook[]>`
    UPDATE sandbox_webhooks SET attempts = attempts + 1, due_at = ${new Date(now.getTime() + leaseMs)}
     WHERE id IN (SELECT id FROM sandbox_webhooks WHERE due_at <= ${now}
                   ORDER BY due_at, id LIMIT ${atOnce} FOR UPDATE SKIP LOCKED)
    RETURNING id, body, attempts`
}

async function deliver(
  { database, clock }: SandboxWorld,
  target: WebhookTarget,
  webhook: TakenWebhook,
  log: Logger,
): Promise<void> {
  const { id, attempts } = webhook
  const now = clock.now()
  const body = Buffer.from(webhook.body)
  try {
    const response = await fetch(target.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'sandbox-signature': signSandboxWebhook(target.secret, body, now),
      },
      body,
      signal: AbortSignal.any([AbortSignal.timeout(10_000), target.signal]),
      redirect: 'error',
    })
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`The house answered ${response.status}`)
    await database.prisma.sandboxWebhook.update({ where: { id }, data: { deliveredAt: now, dueAt: null } })
  } catch (error) {
    log.debug({ err: error, attempts }, 'a webhook of the sandbox was not taken; it comes again')
    const dueAt =
      attempts < mostAttempts ? new Date(now.getTime() + Math.min(500 * 2 ** attempts, 14_400_000)) : null
    await database.prisma.sandboxWebhook.update({ where: { id }, data: { dueAt } })
  }
}
