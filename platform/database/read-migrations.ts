import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Migration {
  /** The folder's name, `<UTC timestamp>_<what it does>`: migrations apply in the order of their names. */
  name: string
  sql: string
  /** SHA-256 of the file's bytes in hex, as Prisma computes it. */
  checksum: string
}

/** All migrations of a folder, oldest first; none when the folder does not exist. */
export function readMigrations(folder: string): Migration[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const bytes = readFileSync(join(folder, name, 'migration.sql'))
      return { name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') }
    })
}
