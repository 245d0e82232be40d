// Where to keep what must not stay in the project folder, because the server's user could not reach it there.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ServerUser } from './server-user.ts'
import { canEnter } from './server-user.ts'

/** `wanted` itself when the server's user can enter it, else one in /var/lib (a clone under /root). Created. */
export function reachableFolder(wanted: string, user: ServerUser | null): string {
  const folder =
    user === null || canEnter(nearestExisting(wanted), user) ? wanted : join('/var/lib', nameFor(wanted))
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  return folder
}

/** A folder for a copy of `path`, always the same one. Not a temporary one: those are swept file by file. Created. */
export function cacheFolder(path: string): string {
  const caches = process.getuid?.() === 0 ? '/var/cache' : join(homedir(), '.cache')
  const folder = join(caches, nameFor(path))
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  return folder
}

function nameFor(path: string): string {
  return `maison-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path))
}
