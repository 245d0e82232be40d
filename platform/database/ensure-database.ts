import pg from 'pg'

const missing = '3D000'
const alreadyThere = new Set(['42P04', '23505']) // the second when two processes create it at the same moment

/** Creates the database the URL names when the server has none of that name; safe from several processes at once. */
export async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    return
  } catch (error) {
    if (stateOf(error) !== missing) throw error
  } finally {
    await client.end()
  }
  await createDatabase(url)
}

async function createDatabase(url: string): Promise<void> {
  const server = new URL(url)
  const name = decodeURIComponent(server.pathname.slice(1))
  server.pathname = '/postgres'
  const client = new pg.Client({ connectionString: server.href })
  try {
    await client.connect()
    await client.query(`create database ${pg.escapeIdentifier(name)}`)
  } catch (error) {
    if (!alreadyThere.has(stateOf(error))) throw error
  } finally {
    await client.end()
  }
}

function stateOf(error: unknown): string {
  return error instanceof pg.DatabaseError ? (error.code ?? '') : ''
}
