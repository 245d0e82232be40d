import { setTimeout as wait } from 'node:timers/promises'
import { connect } from 'amqplib'
import { rabbitNames } from '../../platform/events/rabbit-names.ts'
import { services } from './config.ts'
import type { House } from './start-house.ts'

/**
 * Resolves when nothing is on its way: no unpaid order, no unsent event, no message that waits, no letter to be mailed, no
 * webhook to be applied; seen three times in a row, so that what was just being handled has told what follows. Rejects
 * after two minutes.
 */
export async function settle(house: House, queues: readonly string[], holdMs: number): Promise<void> {
  const names = rabbitNames(house.prefix, 'maison.events')
  const broker = await connect(services.rabbit)
  const channel = await broker.createChannel()
  const one = async (database: keyof House['databases'], sql: string) => {
    const { rows } = await house.databases[database].query<{ left: number }>(sql)
    return rows[0]?.left ?? 0
  }

  async function countLeft(): Promise<number> {
    let left = await one('orders', `SELECT count(*)::int AS left FROM orders WHERE status = 'UNCONFIRMED'`)
    left += await one(
      'payments',
      `SELECT count(*)::int AS left FROM provider_events WHERE due_at IS NOT NULL`,
    )
    left += await one('users', `SELECT count(*)::int AS left FROM notifications WHERE state = 'PENDING'`)
    for (const name of ['users', 'cart', 'orders', 'payments'] as const) {
      left += await one(name, 'SELECT count(*)::int AS left FROM outbox WHERE sent_at IS NULL')
    }
    for (const queue of queues) left += (await channel.checkQueue(names.queue(queue))).messageCount
    return left
  }

  try {
    const deadline = performance.now() + 120_000
    // The hint that a hold may end comes for paid orders too, and is part of what they cost.
    await wait(holdMs + 1_000)
    for (let quiet = 0; quiet < 3;) {
      if (performance.now() > deadline)
        throw new Error(`The house does not settle: ${String(await countLeft())} left`)
      quiet = (await countLeft()) === 0 ? quiet + 1 : 0
      await wait(100)
    }
  } finally {
    await broker.close()
  }
}
