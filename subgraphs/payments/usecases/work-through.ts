import type { Logger } from '#platform/log/logger.ts'
import type { ProviderEvent } from '../data/generated/client.ts'
import { advanceRefund } from './advance-refund.ts'
import { advanceTransaction, type PaymentWork } from './advance-transaction.ts'
import { applyProviderEvent } from './apply-provider-event.ts'
import { advanceCapture } from './capture-payment.ts'

/** Few enough that a pass leaves connections to the shoppers. */
const atOnce = 4
const batch = 40
/** Longer than a provider takes to answer or to time out; then another process may go on. */
const leaseMs = 30_000

/** Does what is due: applies webhooks, finishes calls a crash cut off, calls off, polls, takes what is held, gives money back. */
export async function workThrough(work: PaymentWork, log: Logger): Promise<void> {
  const attempt = async (what: string, subject: string, step: () => Promise<unknown>) => {
    try {
      await step()
    } catch (error) {
      log.error({ err: error, subject }, `${what} failed; it comes again`)
    }
  }
  for (;;) {
    const events = await findEvents(work)
    await eachOf(events, (key) => attempt('applying a webhook', key.id, () => applyProviderEvent(work, key)))
    const transactions = await takeDue(work, 'transactions')
    await eachOf(transactions, (id) => attempt('a payment', id, () => advanceTransaction(work, id)))
    const captures = await takeDue(work, 'captures')
    await eachOf(captures, (id) => attempt('a capture', id, () => advanceCapture(work, id)))
    const refunds = await takeDue(work, 'refunds')
    await eachOf(refunds, (id) => attempt('a refund', id, () => advanceRefund(work, id)))
    if (Math.max(events.length, transactions.length, captures.length, refunds.length) < batch) return
  }
}

type EventKey = Pick<ProviderEvent, 'provider' | 'id'>

async function findEvents({ database, providers, clock }: PaymentWork): Promise<EventKey[]> {
  return await database.prisma.$queryRaw<EventKey[]>`
    SELECT provider, id FROM provider_events
     WHERE due_at <= ${clock.now()} AND provider = ANY (${[...providers.keys()]})
     ORDER BY due_at, id LIMIT ${batch}`
}

/** Leases what is due to this process: what it does not finish, should it die, is due again. */
async function takeDue(
  { database, clock }: PaymentWork,
  table: 'transactions' | 'captures' | 'refunds',
): Promise<string[]> {
  const now = clock.now()
  const rows = await database.prisma.$queryRawUnsafe<{ id: string }[]>(
    `UPDATE ${table} SET due_at = $2
      WHERE id IN (SELECT id FROM ${table} WHERE due_at <= $1 ORDER BY due_at LIMIT ${batch} FOR UPDATE SKIP LOCKED)
     RETURNING id`,
    now,
    new Date(now.getTime() + leaseMs),
  )
  return rows.map(({ id }) => id)
}

async function eachOf<T>(items: readonly T[], step: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of queue) await step(item)
    }),
  )
}
