// Lets the connection to the database die at one chosen statement of one chosen piece of work, as when the process is
// killed there: before the statement was sent, or after it was done and before its answer came. For tests that go
// through every statement there is; see `crashEverywhere`.
import type pg from 'pg'
import { currentContext, type RequestContext } from '../context/request-context.ts'

export interface CrashPoint {
  /** Which statement of the work, from 1; BEGIN and COMMIT are statements too. */
  statement: number
  /** `before`: the database never sees it. `after`: it is done, and nobody hears. */
  when: 'before' | 'after'
}

export interface CrashReport {
  /** What was running when the connection died. */
  sql: string
  point: CrashPoint
}

type Query = (...args: unknown[]) => unknown

/** Which work is meant: statements of relays, jobs and other requests on the same pool are left alone. */
type IsMeant = (context: RequestContext) => boolean

/**
 * Runs `work`, which may fail, and lets the connection die once, at the point. Returns what died; null when the work had
 * fewer statements. Work that is tried again after the crash goes on undisturbed.
 */
export async function crashAt(
  pool: pg.Pool,
  point: CrashPoint,
  isMeant: IsMeant,
  work: () => Promise<unknown>,
): Promise<CrashReport | null> {
  let seen = 0
  let report: CrashReport | null = null
  const restore: (() => void)[] = []
  const wrapped = new WeakSet<pg.PoolClient>()

  const wrap = (client: pg.PoolClient): void => {
    if (wrapped.has(client)) return
    wrapped.add(client)
    const original = client.query
    const query: Query = (...args) => {
      const run = () => Reflect.apply(original, client, args) as unknown
      if (report || !isMeant(currentContext())) return run()
      seen += 1
      if (seen !== point.statement) return run()
      report = { sql: textOf(args[0]), point }
      if (point.when === 'before') {
        destroy(client)
        return run()
      }
      return afterwards(client, args, original)
    }
    client.query = query as typeof client.query
    restore.push(() => {
      client.query = original
    })
  }
  pool.on('acquire', wrap)
  try {
    await work().catch(() => undefined)
    return report
  } finally {
    pool.off('acquire', wrap)
    for (const undo of restore) undo()
  }
}

/**
 * Tries every point there is: `trial` prepares its own work, runs it through `crash`, repeats it as its client would, and
 * checks what must hold. It goes on until the work has no more statements. Returns what died; throws when nothing did,
 * for then nothing was tried. To die before a statement is to die after the one before it, so only the first is tried
 * both ways.
 */
export async function crashEverywhere(
  pool: pg.Pool,
  trial: (crash: (isMeant: IsMeant, work: () => Promise<unknown>) => Promise<void>) => Promise<void>,
): Promise<CrashReport[]> {
  const reports: CrashReport[] = []
  const tryAt = async (point: CrashPoint): Promise<boolean> => {
    const before = reports.length
    await trial(async (isMeant, work) => {
      const report = await crashAt(pool, point, isMeant, work)
      if (report) reports.push(report)
    })
    return reports.length > before
  }
  await tryAt({ statement: 1, when: 'before' })
  for (let statement = 1; await tryAt({ statement, when: 'after' }); statement++);
  if (reports.length === 0) throw new Error('No statement was seen: nothing was tried')
  return reports
}

/** Runs the statement, then lets the connection die instead of telling its outcome. */
function afterwards(client: pg.PoolClient, args: unknown[], original: Query): unknown {
  const done = args.at(-1)
  if (typeof done === 'function') {
    const died = () => {
      destroy(client)
      Reflect.apply(done, undefined, [lost()])
    }
    return Reflect.apply(original, client, [...args.slice(0, -1), died])
  }
  const answer = Promise.resolve(Reflect.apply(original, client, args))
  const dies = () => {
    destroy(client)
    throw lost()
  }
  return answer.then(dies, dies)
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : ''
}

const lost = () => Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' })

/** As the operating system does when a process is killed. */
function destroy(client: pg.PoolClient): void {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } }
  connection.stream.destroy()
}
