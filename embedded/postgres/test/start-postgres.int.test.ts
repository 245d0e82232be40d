import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { forgetPostgres } from '../forget-postgres.ts'
import type { ServerUser } from '../server-user.ts'
import { canEnter } from '../server-user.ts'
import { startPostgres } from '../start-postgres.ts'

const nobody: ServerUser = { uid: 65534, gid: 65534 }
const isRoot = process.getuid?.() === 0
let dataFolder = ''

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'maison-postgres-'))
  await chmod(dataFolder, 0o755)
  return () => rm(dataFolder, { recursive: true, force: true })
})

async function start(folder = dataFolder) {
  const server = await startPostgres({ dataFolder: folder })
  onTestFinished(server.stop)
  return server
}

interface Said {
  url: string
  dataFolder: string
  refused?: string
}

async function launch(
  as: ServerUser | null = null,
  folder = dataFolder,
): Promise<{ child: ChildProcess; said: Said }> {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, 'launcher.ts'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...as,
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, said: JSON.parse(line.toString()) as Said }
}

async function tell(child: ChildProcess, command: 'exit' | 'stop'): Promise<void> {
  const gone = once(child, 'exit')
  child.stdin?.write(command)
  await gone
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

test('data is kept between starts, durably, behind a password, on this machine only', async () => {
  const first = await startPostgres({ dataFolder })
  await query(first.url('postgres'), 'create table kept as select 1 as id')
  await first.stop()
  await first.stop()
  const second = await start()
  expect(second.version).toMatch(/^17\./)
  expect(await query(second.url('postgres'), 'select id from kept')).toEqual([{ id: 1 }])
  const settings = `select current_setting('fsync') f, current_setting('listen_addresses') a, current_setting('TimeZone') z`
  expect(await query(second.url('postgres'), settings)).toEqual([{ f: 'on', a: '127.0.0.1', z: 'UTC' }])
  const wrong = new URL(second.url('postgres'))
  wrong.password = 'guess'
  await expect(query(wrong.href, 'select 1')).rejects.toThrow('password authentication failed')
  expect((await stat(join(second.dataFolder, 'password'))).mode & 0o777).toBe(0o600)
})

test('a launcher that is killed loses nothing: the next start ends its server and has the data', async () => {
  const { child, said } = await launch()
  await query(said.url, 'create table kept as select 1 as id')
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await query(said.url, 'select id from kept'), 'the server outlives its launcher').toEqual([
    { id: 1 },
  ])
  const next = await start()
  expect(await query(next.url('postgres'), 'select id from kept')).toEqual([{ id: 1 }])
  await expect(query(said.url, 'select 1')).rejects.toThrow()
})

test('a second launcher on the same folder is refused in one line that names it, and harms nothing', async () => {
  const { child, said } = await launch()
  const message = `Another Maison (process ${child.pid}) is using ${dataFolder}: stop it, or choose another data folder`
  await expect(startPostgres({ dataFolder })).rejects.toThrow(message)
  expect((await launch()).said.refused).toBe(message)
  expect(await query(said.url, 'select 1 as alive')).toEqual([{ alive: 1 }])
  await tell(child, 'stop')
  await start()
})

test('of launchers that start together on a new folder one wins', async () => {
  const started = await Promise.allSettled([1, 2, 3].map(() => startPostgres({ dataFolder })))
  const won = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  await Promise.all(won.map((server) => server.stop()))
  expect(won).toHaveLength(1)
})

test('a process that exits without stopping takes its server along', async () => {
  const { child, said } = await launch()
  await tell(child, 'exit')
  await vi.waitFor(() => expect(query(said.url, 'select 1')).rejects.toThrow('ECONNREFUSED'), {
    timeout: 5_000,
  })
})

test('a pid file whose number now belongs to another process is not believed, and that process is left alone', async () => {
  const first = await startPostgres({ dataFolder })
  await first.stop()
  const pidFile = join(first.dataFolder, 'cluster', 'postmaster.pid')
  // As the server's own user: about a process of another one PostgreSQL itself would not mind.
  const owner = isRoot ? await stat(join(first.dataFolder, 'cluster')) : null
  const bystander = spawn('sleep', ['60'], owner === null ? {} : { uid: owner.uid, gid: owner.gid })
  onTestFinished(() => {
    bystander.kill()
  })
  writeFileSync(pidFile, `${bystander.pid}\n${first.dataFolder}/cluster\n1\n5432\n\n127.0.0.1\n\nready\n`)
  await start()
  expect(bystander.exitCode).toBeNull()
  expect(readFileSync(pidFile, 'utf8')).not.toMatch(new RegExp(`^${bystander.pid}\n`))
})

test('a first start that was killed half-way is repeated', async () => {
  writeFileSync(join(dataFolder, 'draft-1.password'), 'half')
  writeFileSync(
    join(dataFolder, 'launcher.pid'),
    JSON.stringify({ pid: process.pid, started: 'another boot:1' }),
  )
  await start()
  expect(existsSync(join(dataFolder, 'draft-1.password'))).toBe(false)
})

test('what is forgotten is gone, also from under a server left running, but not while it is in use', async () => {
  const { child, said } = await launch()
  await query(said.url, 'create table gone (id int)')
  await expect(forgetPostgres(dataFolder)).rejects.toThrow('is using')
  child.kill('SIGKILL')
  await once(child, 'exit')
  await forgetPostgres(dataFolder)
  await expect(query(said.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
  const next = await start()
  await expect(query(next.url('postgres'), 'select * from gone')).rejects.toThrow('does not exist')
})

test.runIf(isRoot)(
  'root keeps the data outside a folder that the server cannot enter, always the same',
  async () => {
    await chmod(dataFolder, 0o700)
    const folder = join(dataFolder, 'deep')
    const first = await startPostgres({ dataFolder: folder })
    onTestFinished(() => rm(first.dataFolder, { recursive: true, force: true }))
    expect(first.dataFolder).toMatch(/^\/var\/lib\/maison-[0-9a-f]{12}$/)
    await query(first.url('postgres'), 'create table kept as select 1 as id')
    await first.stop()
    const second = await start(folder)
    expect(await query(second.url('postgres'), 'select id from kept')).toEqual([{ id: 1 }])
  },
)

test.runIf(isRoot && canEnter(import.meta.dirname, nobody))(
  'an ordinary user starts it, and root after them',
  async () => {
    await chown(dataFolder, nobody.uid, nobody.gid)
    const { child, said } = await launch(nobody)
    expect(said.refused).toBeUndefined()
    await query(said.url, 'create table kept as select 1 as id')
    expect((await stat(join(dataFolder, 'cluster'))).uid).toBe(nobody.uid)
    await tell(child, 'stop')
    const asRoot = await start()
    expect(await query(asRoot.url('postgres'), 'select id from kept')).toEqual([{ id: 1 }])
  },
)
