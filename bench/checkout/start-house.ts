// The house as it is deployed, seven processes on PostgreSQL and RabbitMQ, with more stock than the run can sell.
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { courierRef } from '../../embedded/demo/people.ts'
import { demoWarehouses } from '../../embedded/demo/shops.ts'
import { readHouseConfig } from '../../embedded/config.ts'
import { createSubgraphs, type Subgraphs } from '../../embedded/create-subgraphs.ts'
import {
  gatewayEnvironment,
  subgraphEnvironment,
  type SubgraphName,
  subgraphNames,
} from '../../embedded/house-environment.ts'
import { makeSecrets } from '../../embedded/house-secrets.ts'
import { openDatabases } from '../../embedded/open-databases.ts'
import { forgetStack, prepareStack } from '../../embedded/prepare-stack.ts'
import type { Logger } from '../../platform/log/logger.ts'
import { uuidv7 } from '../../platform/ids/uuid.ts'
import { openParts } from '../../platform/server/parts.ts'
import { systemClock } from '../../platform/time/clock.ts'
import { checkInvariants as checkOrders } from '../../subgraphs/orders/usecases/check-invariants.ts'
import { receiveStock } from '../../subgraphs/orders/usecases/receive-stock.ts'
import { checkInvariants as checkPayments } from '../../subgraphs/payments/usecases/check-invariants.ts'
import { readUsersConfig, signingKeyOf } from '../../subgraphs/users/config.ts'
import { createAccessTokens } from '../../subgraphs/users/security/access-tokens.ts'
import { inherited, nodeOptions, services } from './config.ts'
import { documents, hashOf } from './documents.ts'
import type { Meter } from './meter-reading.ts'

const root = resolve(import.meta.dirname, '../..')
const flags = [
  '--max-semi-space-size=64',
  '--disable-proto=delete',
  '--disable-warning=ExperimentalWarning',
  `--import=${new URL('meter.ts', import.meta.url).href}`,
]
export const processNames = ['gateway', ...subgraphNames] as const
export type ProcessName = (typeof processNames)[number]

/** Of every variant, in the warehouse that the market asks first. */
const piecesEach = 1_000_000

export interface House {
  readonly url: string
  readonly prefix: string
  /** The consumers' queues. */
  readonly queues: readonly string[]
  readonly databases: Record<SubgraphName, pg.Pool>
  readonly postgresVersion: string
  /** Signs somebody in whom users has never seen: for orders that are never paid, so that nobody writes to them. */
  signIn(): Promise<string>
  read(): Promise<Record<ProcessName, Meter>>
  /** What should always hold in orders and payments, and does not. */
  findViolations(): Promise<string[]>
  stop(): Promise<void>
}

/** Starts it on what `config.ts` names; `stop` deletes what it made there. */
export async function startHouse(options: { holdSeconds: number; log: Logger }): Promise<House> {
  const { log } = options
  const dataFolder = await mkdtemp(join(tmpdir(), 'maison-checkout-'))
  const run = `maison_checkout_${String(process.pid)}`
  const prefix = `${run}.`
  const documentFile = join(dataFolder, 'documents.json')
  await writeFile(
    documentFile,
    JSON.stringify(Object.fromEntries(documents.map((text) => [hashOf(text), text]))),
  )
  const { config, env: given } = readHouseConfig({
    AMQP_URL: services.rabbit,
    AMQP_PREFIX: prefix,
    ...(services.redis !== undefined && { REDIS_URL: services.redis, REDIS_PREFIX: prefix }),
    DATA_FOLDER: dataFolder,
    HOLD_SECONDS: String(options.holdSeconds),
    DEMO_PICTURES: 'none',
    LOG_LEVEL: 'warn',
  })
  const server = services.postgres === undefined ? undefined : new URL(services.postgres)
  if (server) server.pathname = `/${run}`
  const postgres = await openDatabases({
    postgresUrl: server?.href,
    dataFolder,
    log,
    onProgress: () => undefined,
  })
  const ports = await freePorts(1 + subgraphNames.length)
  const urlAt = (index: number) => `http://127.0.0.1:${String(ports[index])}`
  const url = urlAt(0)
  const urls = Object.fromEntries(subgraphNames.map((name, index) => [name, urlAt(index + 1)])) as Record<
    SubgraphName,
    string
  >
  const secrets = await makeSecrets()
  const environmentOf = (name: SubgraphName) =>
    subgraphEnvironment({
      ...{ given, secrets, dataFolder, courierRef, publicUrl: url, usersUrl: urls.users },
      databaseUrl: postgres.url(name),
      port: Number(new URL(urls[name]).port),
    })
  const stack = { config, environmentOf, log, onProgress: () => undefined }
  await prepareStack({ ...stack, demo: true })
  const withSubgraphs = <T>(work: (subgraphs: Subgraphs) => Promise<T>) =>
    open(config, environmentOf, log, work)
  const queues = await withSubgraphs(async (subgraphs) => {
    await fillShelves(subgraphs)
    return Object.values(subgraphs).flatMap(({ consumers }) => consumers.map(({ name }) => name))
  })

  const children = new Map<ProcessName, ChildProcess>()
  async function start(
    name: ProcessName,
    script: string,
    env: Record<string, string | undefined>,
  ): Promise<void> {
    const [only, ...extra] = (nodeOptions ?? '').split('=')
    const child = spawn(process.execPath, [...flags, ...(only === name ? [extra.join('=')] : []), script], {
      cwd: root,
      env: { ...inherited, ...env, BENCH_LIST_STATEMENTS: process.argv.includes('--list') ? '1' : '' },
      stdio: ['ignore', 2, 2, 'ipc'],
    })
    children.set(name, child)
    const at = name === 'gateway' ? url : urls[name]
    for (let tries = 0; !(await isReady(at)); tries += 1) {
      if (child.exitCode !== null || tries > 300) throw new Error(`${name} did not start`)
      await wait(200)
    }
  }
  await Promise.all(
    subgraphNames.map((name) => start(name, `subgraphs/${name}/main.ts`, environmentOf(name))),
  )
  await start('gateway', 'gateway/main.ts', {
    ...gatewayEnvironment({
      given,
      secrets,
      urls,
      port: Number(new URL(url).port),
      publicUrl: url,
      dataFolder,
    }),
    SAFELIST: 'on',
    PERSISTED_DOCUMENTS: documentFile,
    // All buyers are on one address here.
    RATE_LIMIT_IP: '100000000/100000000',
    RATE_LIMIT_USER: '100000000/100000000',
  })
  const users = readUsersConfig(environmentOf('users'))
  const signAccessToken = createAccessTokens({
    jwk: signingKeyOf(users),
    issuer: users.TOKEN_ISSUER,
    audience: users.TOKEN_AUDIENCE,
    clock: systemClock,
  })
  const databases = Object.fromEntries(
    subgraphNames.map((name) => [name, new pg.Pool({ connectionString: postgres.url(name), max: 1 })]),
  ) as Record<SubgraphName, pg.Pool>
  const { rows } = await databases.orders.query<{ server_version: string }>('SHOW server_version')

  return {
    url,
    prefix,
    queues,
    databases,
    postgresVersion: rows[0]?.server_version ?? '',
    signIn: async () => {
      const identity = { userId: uuidv7(), sessionId: uuidv7(), roles: ['GUEST'] as const, shopIds: [] }
      return (await signAccessToken(identity)).token
    },
    findViolations: () =>
      withSubgraphs(async ({ orders, payments }) => {
        const now = new Date()
        const found = [
          ...(await orders.database.transact((tx) => checkOrders(tx, now))),
          ...(await payments.database.transact((tx) => checkPayments(tx, now))),
        ]
        return found.map((violation) => JSON.stringify(violation))
      }),
    read: async () =>
      Object.fromEntries(
        await Promise.all([...children].map(async ([name, child]) => [name, await readMeter(child)])),
      ) as Record<ProcessName, Meter>,
    stop: async () => {
      await Promise.all([...children.values()].map(end))
      await Promise.all(Object.values(databases).map((pool) => pool.end()))
      await forgetStack({ ...stack, databaseUrls: subgraphNames.map((name) => postgres.url(name)) })
      await postgres.stop()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

async function open<T>(
  config: ReturnType<typeof readHouseConfig>['config'],
  environmentOf: (name: SubgraphName) => Record<string, string | undefined>,
  log: Logger,
  work: (subgraphs: Subgraphs) => Promise<T>,
): Promise<T> {
  const parts = await openParts({ ...config, AMQP_URL: undefined }, log)
  const subgraphs = createSubgraphs(parts, environmentOf)
  try {
    return await work(subgraphs)
  } finally {
    await parts.bus.close()
    await Promise.all(Object.values(subgraphs).map((subgraph) => subgraph.database.close()))
    await parts.close()
  }
}

async function fillShelves({ orders, catalog }: Subgraphs): Promise<void> {
  const { rows } = await catalog.database.pool.query<{ id: string }>(
    'SELECT id FROM product_variants ORDER BY id',
  )
  const lines = rows.map(({ id }) => ({ variantId: id, quantity: piecesEach }))
  const [{ code: warehouseCode }] = demoWarehouses
  for (let from = 0; from < lines.length; from += 100) {
    const reference = `bench-${String(from)}`
    const delivery = { warehouseCode, reference, lines: lines.slice(from, from + 100) }
    await orders.database.transact((tx) => receiveStock(tx, delivery, new Date()))
  }
}

function readMeter(child: ChildProcess): Promise<Meter> {
  return new Promise((done, reject) => {
    child.once('message', (message) => {
      done(message as Meter)
    })
    child.send('read the meter', (error) => {
      if (error) reject(error)
    })
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), 8_000)
  await ended
  clearTimeout(force)
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    return false
  }
}

/** Free ports, held all at once so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => new Promise((done) => server.once('listening', done))))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))))
  return ports
}
