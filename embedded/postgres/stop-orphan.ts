// A launcher that was killed leaves its server running. Called with the folder's lock held, so no launcher is alive.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** Stops the server left in `cluster`, if any, letting it write a checkpoint; after ten seconds without. */
export async function stopOrphan(cluster: string): Promise<void> {
  const pid = postmasterOf(cluster)
  if (pid === null) return
  if (!servesCluster(pid, cluster)) {
    // After a reboot the number can be someone else's, and PostgreSQL would refuse to start beside that process. A dead
    // one is left to PostgreSQL, which also looks whether backends of the dead server still run.
    if (isRunning(pid)) rmSync(join(cluster, 'postmaster.pid'))
    return
  }
  process.kill(pid, 'SIGINT')
  if (await isGone(pid, cluster, 10_000)) return
  process.kill(pid, 'SIGQUIT')
  if (await isGone(pid, cluster, 10_000)) return
  throw new Error(`The PostgreSQL server ${pid} left in ${cluster} does not stop: end it by hand`)
}

function postmasterOf(cluster: string): number | null {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return null
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  return Number.isInteger(pid) && pid > 0 ? pid : null
}

// Never signal a process that does not work in our folder.
function servesCluster(pid: number, cluster: string): boolean {
  try {
    if (process.platform === 'linux')
      return readlinkSync(`/proc/${pid}/cwd`) === resolve(cluster) && !isZombie(pid)
    if (process.platform === 'win32')
      return execFileSync('tasklist', ['/fi', `pid eq ${pid}`]).includes('postgres')
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { stdio: 'pipe' }).includes(cluster)
  } catch {
    return false
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function isZombie(pid: number): boolean {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.startsWith('Z') === true
}

async function isGone(pid: number, cluster: string, withinMs: number): Promise<boolean> {
  for (const end = Date.now() + withinMs; Date.now() < end;) {
    if (!servesCluster(pid, cluster)) return true
    await wait(25)
  }
  return false
}
