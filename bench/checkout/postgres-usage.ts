import { readdir, readFile } from 'node:fs/promises'
import type pg from 'pg'

/** Linux counts a process's time in hundredths of a second, whatever its kernel ticks in. */
const microsPerTick = 10_000

/**
 * CPU of a PostgreSQL server on this machine so far, all its processes, those that have ended too; null when it cannot be
 * seen from here. Everybody's work counts: a server that others use at the same time measures them as well.
 */
export async function postgresMicros(pool: pg.Pool): Promise<number | null> {
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const backend = rows[0] && (await statOf(rows[0].pid))
  if (!backend) return null
  const server = await statOf(backend.parent)
  if (!server) return null
  let ticks = server.ticks + server.ticksOfEnded
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const stat = await statOf(Number(entry))
    if (stat?.parent === backend.parent) ticks += stat.ticks + stat.ticksOfEnded
  }
  return ticks * microsPerTick
}

async function statOf(pid: number): Promise<{ parent: number; ticks: number; ticksOfEnded: number } | null> {
  try {
    const text = await readFile(`/proc/${String(pid)}/stat`, 'utf8')
    // The name, in brackets, may hold anything; the fields are counted from behind it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const field = (index: number) => Number(fields[index])
    return { parent: field(1), ticks: field(11) + field(12), ticksOfEnded: field(13) + field(14) }
  } catch {
    return null
  }
}
