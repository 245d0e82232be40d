import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { ServerBinaries } from './server-binaries.ts'
import type { ServerUser } from './server-user.ts'

const run = promisify(execFile)
const major = '17'

/**
 * Makes the cluster when the folder has none, and returns the password of its superuser `postgres`. It is made aside and
 * renamed into place, so a start that was killed half-way is simply repeated.
 */
export async function initCluster(options: {
  cluster: string
  binaries: ServerBinaries
  user: ServerUser | null
  fast: boolean
  onProgress: (message: string) => void
}): Promise<string> {
  const { cluster, user } = options
  const folder = dirname(cluster)
  const passwordFile = join(folder, 'password')
  if (existsSync(join(cluster, 'PG_VERSION'))) {
    const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
    if (version !== major)
      throw new Error(
        `${folder} was made by PostgreSQL ${version}, this is ${major}: start anew with another data folder`,
      )
    if (!existsSync(passwordFile))
      throw new Error(
        `${passwordFile} is gone and the data cannot be opened without it: start anew with another data folder`,
      )
    return readFileSync(passwordFile, 'utf8')
  }
  options.onProgress('creating the database server')
  await removeDrafts(folder)
  const password = randomBytes(24).toString('base64url')
  const draft = join(folder, `draft-${randomUUID()}`)
  const passwordDraft = `${draft}.password`
  await writeFile(passwordDraft, password, { mode: 0o600 })
  await mkdir(draft, { mode: 0o700 })
  if (user !== null) {
    await chown(draft, user.uid, user.gid)
    await chown(passwordDraft, user.uid, user.gid)
  }
  // The built-in C.UTF-8 sorts and folds case alike on every platform, whatever locales the machine has.
  await run(
    options.binaries.initdb,
    [
      ...['-D', draft, '-U', 'postgres', `--pwfile=${passwordDraft}`, '-A', 'scram-sha-256', '-E', 'UTF8'],
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
      ...(options.fast ? ['--no-sync'] : []),
    ],
    { cwd: draft, ...user },
  )
  if (user !== null) await chown(passwordDraft, 0, 0)
  await rename(passwordDraft, passwordFile)
  await rename(draft, cluster)
  return password
}

async function removeDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith('draft-')) await rm(join(folder, name), { recursive: true, force: true })
  }
}
