import { runInContext } from '../context/request-context.ts'
import type { Database, SqlTx } from '../database/database.ts'
import type { Logger } from '../log/logger.ts'
import { admit, admitAll } from '../outbox/inbox.ts'
import type { Bus } from './bus.ts'
import type { Consumer } from './consumer.ts'
import { ContractViolation } from './contract-violation.ts'
import type { Envelope } from './envelope.ts'
import { inBatches } from './in-batches.ts'
import { NotYet } from './not-yet.ts'

/** Of one transaction. */
const mostTogether = 64

/**
 * Subscribes the consumers. What a consumer writes, and the note that it has handled the event, commit together; the
 * bus hears of it after the commit. Resolves when all are subscribed.
 */
export async function runConsumers<Tx>(options: {
  bus: Bus
  database: Pick<Database<unknown, Tx>, 'transact' | 'ping'>
  consumers: readonly Consumer<Tx>[]
  log: Logger
}): Promise<void> {
  const { bus, database, consumers, log } = options

  async function apply(consumer: Consumer<Tx>, event: Envelope): Promise<void> {
    try {
      await database.transact(async (tx) => {
        // Every Prisma transaction client is a SqlTx; the type parameter cannot say so without naming Prisma.
        if (await admit(tx as SqlTx, consumer.name, consumer.order, event)) await consumer.handle(event, tx)
      })
    } catch (error) {
      if (error instanceof ContractViolation || error instanceof NotYet) throw error
      log.warn(
        { err: error, consumer: consumer.name, type: event.type, eventId: event.eventId },
        'Handling failed',
      )
      await requireDatabase(error)
      throw error
    }
  }

  function handlerOf(consumer: Consumer<Tx>): (event: Envelope) => Promise<void> {
    const alone = (event: Envelope) =>
      runInContext(
        {
          correlationId: event.correlationId,
          causationId: event.eventId,
          traceparent: event.traceparent,
          actor: event.actor,
        },
        () => apply(consumer, event),
      )
    if (!consumer.handleAll) return alone
    const together = (events: readonly Envelope[]) =>
      database.transact(async (tx) => {
        const fresh = await admitAll(tx as SqlTx, consumer.name, events)
        if (fresh.length > 0) await consumer.handleAll?.(fresh, tx)
      })
    return inBatches({ most: mostTogether, together, alone })
  }

  /** With the database away no event is to blame: none may use up its tries and end in the dead letters. */
  async function requireDatabase(cause: unknown): Promise<void> {
    try {
      await database.ping()
    } catch {
      throw new NotYet('The database is away', { cause })
    }
  }

  await Promise.all(
    consumers.map((consumer) =>
      bus.subscribe({
        queue: consumer.name,
        types: consumer.hears === 'every' ? 'every' : consumer.hears.map(({ type }) => type),
        handle: handlerOf(consumer),
        // Those that wait for the batch before theirs take no connection.
        ...(consumer.handleAll && { concurrency: mostTogether }),
      }),
    ),
  )
}
