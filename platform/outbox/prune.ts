import type pg from 'pg'
import { uuidv7 } from '../ids/uuid.ts'

const dayMs = 86_400_000
const batch = 5_000

/**
 * Removes what nobody will ask for again: events sent 7 days ago, and inbox notes of events 30 days old (a repetition
 * comes within minutes; a replay of a dead letter was never handled, so its note is not there to be missed).
 */
export async function prune(pool: pg.Pool): Promise<void> {
  let removed = batch
  while (removed === batch) {
    const result = await pool.query(
      `DELETE FROM outbox WHERE id IN (
         SELECT id FROM outbox WHERE sent_at < now() - interval '7 days' ORDER BY sent_at LIMIT ${String(batch)})`,
    )
    removed = result.rowCount ?? 0
  }
  // An event's id holds its time, so its age is in the key; the walk over the names reads one index entry for each.
  const oldestKept = uuidv7(new Date(Date.now() - 30 * dayMs))
  await pool.query(
    `WITH RECURSIVE consumers (name) AS (
       (SELECT consumer FROM inbox ORDER BY consumer LIMIT 1)
       UNION ALL
       SELECT (SELECT consumer FROM inbox WHERE consumer > name ORDER BY consumer LIMIT 1)
       FROM consumers WHERE name IS NOT NULL
     )
     DELETE FROM inbox USING consumers WHERE consumer = name AND event_id < $1::uuid`,
    [oldestKept],
  )
}
