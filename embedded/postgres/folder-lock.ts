// One launcher per data folder. A file with the launcher's pid: the operating system releases nothing for a process
// that was killed, so the file of a dead one is recognised and taken over.
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The message is one line for the user. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError'
}

/** Throws FolderInUseError, naming folder and process, when another living process holds it; else returns the release. */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'launcher.pid')
  // Written aside and linked into place: the file is never seen empty, and only one of two can make the link.
  const draft = join(folder, `.launcher-${randomUUID()}`)
  writeFileSync(draft, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }))
  try {
    for (let attempt = 1; !tryLink(draft, file); attempt++) {
      const holder = readHolder(file)
      if ((holder !== null && isAlive(holder)) || attempt > 5) {
        const who = holder === null ? '' : ` (process ${holder.pid})`
        throw new FolderInUseError(
          `Another Maison${who} is using ${folder}: stop it, or choose another data folder`,
        )
      }
      removeStale(file, holder)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  return () => {
    rmSync(file, { force: true })
  }
}

interface Holder {
  pid: number
  started: string
}

function tryLink(draft: string, file: string): boolean {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return null
  }
}

// Two launchers may find the same dead holder. Whoever moves the file away looks at what it took: a living one's
// fresh lock is put back.
function removeStale(file: string, seen: Holder | null): void {
  const taken = `${file}-${randomUUID()}`
  try {
    renameSync(file, taken)
  } catch {
    return
  }
  const holder = readHolder(taken)
  if (holder !== null && holder.started !== seen?.started && isAlive(holder)) tryLink(taken, file)
  rmSync(taken, { force: true })
}

function isAlive(holder: Holder): boolean {
  return startOf(holder.pid) === holder.started && holder.started !== ''
}

/** Tells a process from a later one with the same pid (in a container every start has the same small pids). */
function startOf(pid: number): string {
  try {
    if (process.platform === 'linux') {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
      // The name, in parentheses, may hold blanks: count fields after it. The 22nd is the start time in ticks.
      const ticks = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19]
      return `${boot}:${ticks}`
    }
    if (process.platform === 'win32') {
      process.kill(pid, 0)
      return 'alive'
    }
    return execFileSync('ps', ['-p', String(pid), '-o', 'lstart='], { stdio: 'pipe' })
      .toString()
      .trim()
  } catch {
    return ''
  }
}
