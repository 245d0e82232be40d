import type { SqlTx } from '../database/database.ts'
import type { ConsumerOrder } from '../events/consumer.ts'
import type { Envelope } from '../events/envelope.ts'
import { NotYet } from '../events/not-yet.ts'

/**
 * Notes in `tx` that the consumer handles this event, and says whether it still has to. A second delivery at the same
 * time waits for the first one's transaction. Throws NotYet when `every` event is wanted and an earlier one is missing.
 */
export async function admit(
  tx: SqlTx,
  consumer: string,
  order: ConsumerOrder,
  event: Envelope,
): Promise<boolean> {
  switch (order) {
    case 'any':
      return (
        (await tx.$executeRaw`
          INSERT INTO inbox (consumer, event_id) VALUES (${consumer}, ${event.eventId}::uuid)
          ON CONFLICT DO NOTHING`) === 1
      )
    case 'latest':
      return (
        (await tx.$executeRaw`
          WITH fresh AS (
            INSERT INTO inbox (consumer, event_id) VALUES (${consumer}, ${event.eventId}::uuid)
            ON CONFLICT DO NOTHING RETURNING event_id
          )
          INSERT INTO inbox_positions AS p (consumer, aggregate_type, aggregate_id, sequence)
          SELECT ${consumer}, ${event.aggregateType}, ${event.aggregateId}, ${event.sequence}::bigint FROM fresh
          ON CONFLICT (consumer, aggregate_type, aggregate_id)
          DO UPDATE SET sequence = excluded.sequence WHERE p.sequence < excluded.sequence`) === 1
      )
    case 'every':
      return admitNext(tx, consumer, event)
  }
}

/** As `admit` of order `any` for many events: those that the consumer still has to handle, in their order. */
export async function admitAll(
  tx: SqlTx,
  consumer: string,
  events: readonly Envelope[],
): Promise<Envelope[]> {
  // In one order, so that two processes with the same events wait for each other and not in a ring.
  const ids = events.map(({ eventId }) => eventId).sort()
  const noted = await tx.$queryRaw<{ event_id: string }[]>`
    INSERT INTO inbox (consumer, event_id) SELECT ${consumer}, unnest(${ids}::uuid[])
    ON CONFLICT DO NOTHING RETURNING event_id`
  const fresh = new Set(noted.map(({ event_id }) => event_id))
  // An event that is there twice is taken once.
  return events.filter(({ eventId }) => fresh.delete(eventId))
}

/** The position moves only from n to n + 1, and starts only with 1: a gap cannot be stepped over. */
async function admitNext(tx: SqlTx, consumer: string, event: Envelope): Promise<boolean> {
  const { aggregateType, aggregateId, sequence } = event
  const moved = await tx.$executeRaw`
    WITH fresh AS (
      INSERT INTO inbox (consumer, event_id) VALUES (${consumer}, ${event.eventId}::uuid)
      ON CONFLICT DO NOTHING RETURNING event_id
    )
    INSERT INTO inbox_positions AS p (consumer, aggregate_type, aggregate_id, sequence)
    SELECT ${consumer}, ${aggregateType}, ${aggregateId}, ${sequence}::bigint FROM fresh
    WHERE ${sequence}::bigint = 1 OR EXISTS (
      SELECT FROM inbox_positions
      WHERE consumer = ${consumer} AND aggregate_type = ${aggregateType} AND aggregate_id = ${aggregateId}
    )
    ON CONFLICT (consumer, aggregate_type, aggregate_id)
    DO UPDATE SET sequence = excluded.sequence WHERE p.sequence = excluded.sequence - 1`
  if (moved === 1) return true
  const [position] = await tx.$queryRaw<{ sequence: bigint }[]>`
    SELECT sequence FROM inbox_positions
    WHERE consumer = ${consumer} AND aggregate_type = ${aggregateType} AND aggregate_id = ${aggregateId}`
  const last = Number(position?.sequence ?? 0)
  if (last >= sequence) return false
  throw new NotYet(
    `${aggregateType} ${aggregateId}: event ${String(sequence)} came, ${String(last + 1)} is missing`,
  )
}
