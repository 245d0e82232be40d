import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openEventDatabase } from './event-database.ts'

const script = fileURLToPath(new URL('./kill-writer.ts', import.meta.url))

test('writers, relays and consumers killed at any moment lose nothing, double nothing, and keep the order', async () => {
  const { database, url, close } = await openEventDatabase()
  let unfinished = 0
  for (let life = 0; life < 5; life++) {
    const child = spawn(process.execPath, [script, url], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    // Killed in the middle of its work: after another hundred or so applied events, wherever it is then.
    const before = await countHeard()
    await expect.poll(countHeard, { timeout: 10_000, interval: 3 }).toBeGreaterThan(before + 100 + 20 * life)
    child.kill('SIGKILL')
    await once(child, 'exit')
    unfinished += (await database.pool.query('select from outbox where sent_at is null')).rowCount ?? 0
  }
  const drain = spawn(process.execPath, [script, url, 'drain'], { stdio: 'inherit' })
  expect(await once(drain, 'exit')).toEqual([0, null])

  const told = await database.pool.query<{ id: string; last: number }>(
    'select aggregate_id as id, last::int from aggregate_sequences order by 1',
  )
  const applied = await database.pool.query<{ id: string; sequence: number }>(
    'select aggregate_id as id, sequence::int from heard order by heard.id',
  )
  const sequences = Map.groupBy(applied.rows, ({ id }) => id)
  expect(told.rows.length).toBe(4)
  for (const { id, last } of told.rows) {
    expect(sequences.get(id)?.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: last }, (_, n) => n + 1),
    )
  }
  // Otherwise nothing was interrupted and the test proves nothing.
  expect(unfinished).toBeGreaterThan(0)
  await close()

  async function countHeard(): Promise<number> {
    const { rows } = await database.pool.query<{ n: number }>('select count(*)::int as n from heard')
    return rows[0]?.n ?? 0
  }
}, 60_000)
