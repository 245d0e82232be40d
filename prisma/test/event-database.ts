// A database with the event tables, for tests of what platform/ does with them.
import { createTestDatabase } from '#platform/testing/test-database.ts'
import { connectTo, type EventDatabase } from './event-client.ts'

/** Besides the event tables it has `heard`, where tests note what a consumer applied. */
export async function openEventDatabase(): Promise<{
  database: EventDatabase
  url: string
  close(): Promise<void>
}> {
  const made = await createTestDatabase('orders')
  const database = connectTo(made.url)
  await database.pool.query(
    'create table heard (id bigserial, consumer text, aggregate_id text, sequence bigint, payload jsonb)',
  )
  return {
    database,
    url: made.url,
    close: async () => {
      await database.close()
      await made.drop()
    },
  }
}

export async function clear({ pool }: EventDatabase): Promise<void> {
  await pool.query('truncate outbox, aggregate_sequences, inbox, inbox_positions, idempotency_keys, heard')
}
