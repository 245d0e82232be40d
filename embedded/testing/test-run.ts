// A run's claim on the test server: an advisory lock held by one session. The server releases it when the run dies,
// however it dies, and the next run drops what the dead one left.
import { randomInt } from 'node:crypto'
import pg from 'pg'
import { testDatabasePrefix } from '#platform/testing/test-database-prefix.ts'

const lockClass = 77_124

/** Resolves to the run's id and the function that ends the run and drops its databases. */
export async function beginTestRun(serverUrl: string): Promise<{ runId: number; end(): Promise<void> }> {
  const client = new pg.Client({ connectionString: serverUrl, keepAlive: true })
  await client.connect()
  const runId = randomInt(1, 2 ** 31 - 1)
  await client.query('select pg_advisory_lock($1, $2)', [lockClass, runId])
  for (const left of await leftOverRuns(client)) await dropDatabases(client, left)
  return {
    runId,
    end: async () => {
      await dropDatabases(client, runId)
      await client.end()
    },
  }
}

async function leftOverRuns(client: pg.Client): Promise<number[]> {
  const { rows } = await client.query<{ run: number }>(
    `select distinct substring(datname from '^maison_test_(\\d+)_')::int as run
       from pg_database
      where datname ~ '^maison_test_\\d+_'
        and not exists (select from pg_locks
                         where locktype = 'advisory' and classid = $1
                           and objid = substring(datname from '^maison_test_(\\d+)_')::oid)`,
    [lockClass],
  )
  return rows.map((row) => row.run)
}

async function dropDatabases(client: pg.Client, runId: number): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1)',
    [testDatabasePrefix(runId)],
  )
  for (const { datname } of rows) await client.query(`drop database if exists "${datname}" with (force)`)
}
