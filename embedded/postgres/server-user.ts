// PostgreSQL refuses to run as root. Who runs it then, and what that user can reach.
import { execFileSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

export interface ServerUser {
  uid: number
  gid: number
}

/**
 * The user to run the server as: null for the current one. As root it is the owner of the existing cluster, otherwise
 * `postgres` where the machine has it, otherwise `nobody`.
 */
export function serverUser(cluster: string): ServerUser | null {
  if (process.getuid?.() !== 0) return null
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster)
    if (uid !== 0) return { uid, gid }
  }
  const user = lookUp('postgres') ?? lookUp('nobody')
  if (user === null)
    throw new Error('PostgreSQL does not run as root, and this machine has no user "postgres" or "nobody"')
  return user
}

function lookUp(name: string): ServerUser | null {
  try {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(execFileSync('id', [flag, name], { stdio: 'pipe' }).toString()),
    )
    return uid === undefined || gid === undefined || uid === 0 ? null : { uid, gid }
  } catch {
    return null
  }
}

/** Whether `user` may enter the folder: the search bit of it and of every folder above. */
export function canEnter(folder: string, user: ServerUser): boolean {
  const above = dirname(folder)
  return hasRight(folder, user, 1) && (above === folder || canEnter(above, user))
}

/** `right`: 4 read, 2 write, 1 execute or enter. Supplementary groups are not asked: the server gets none. */
export function hasRight(path: string, user: ServerUser, right: number): boolean {
  const { uid, gid, mode } = statSync(path)
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0
  return ((mode >> shift) & right) === right
}
