import type { Tx } from '../data/users-database.ts'

/** Used tokens are kept for so long to be recognised, and letters to be asked about. */
const keptMs = 30 * 86_400_000

/** Removes sessions, tokens and letters that ended long ago, some of each; returns how many. */
export async function forgetEnded(tx: Tx, now: Date, batch = 1000): Promise<number> {
  const before = new Date(now.getTime() - keptMs)
  return (
    (await tx.$executeRaw`
      DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < ${before} LIMIT ${batch})`) +
    (await tx.$executeRaw`
      DELETE FROM refresh_tokens WHERE id IN (SELECT id FROM refresh_tokens WHERE expires_at < ${before} LIMIT ${batch})`) +
    (await tx.$executeRaw`
      DELETE FROM one_time_tokens WHERE id IN (SELECT id FROM one_time_tokens WHERE expires_at < ${before} LIMIT ${batch})`)
  )
}
