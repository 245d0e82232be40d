import { setTimeout as wait } from 'node:timers/promises'
import { createLocalJWKSet, type JWK } from 'jose'
import { startGateway } from '#gateway/start-gateway.ts'
import { readGatewayConfig } from '#gateway/config.ts'
import { createTokenVerifier } from '#platform/auth/access-token.ts'
import type { Logger } from '#platform/log/logger.ts'
import { listen } from '#platform/server/http-server.ts'
import { openParts, type OpenParts } from '#platform/server/parts.ts'
import { type RunningSubgraph, startSubgraph } from '#platform/server/start-subgraph.ts'
import type { Subgraph } from '#platform/server/subgraph.ts'
import type { HouseConfig } from './config.ts'
import { createSubgraphs, type Subgraphs } from './create-subgraphs.ts'
import { courierRef } from './demo/people.ts'
import { hangPictures } from './demo/hang-pictures.ts'
import { type DemoTargets, loadDemo } from './demo/load-demo.ts'
import {
  gatewayEnvironment,
  subgraphEnvironment,
  type SubgraphName,
  subgraphNames,
} from './house-environment.ts'
import { type HouseSecrets, readHouseSecrets } from './house-secrets.ts'
import { openDatabases } from './open-databases.ts'

export interface House {
  url: string
  /** What stands behind each part. */
  described: readonly { part: string; by: string; isReal: boolean }[]
  close(): Promise<void>
}

/**
 * The whole house in one process: six subgraphs on their HTTP ports, the gateway, the web app; the databases, the bus
 * and the rest embedded unless configured. Rejects, with everything stopped again, when a part does not come up.
 */
export async function startHouse(options: {
  config: HouseConfig
  /** The environment the parts read their own configuration from. */
  env: Record<string, string | undefined>
  log: Logger
  /** Gives durability up for speed: for tests. */
  fast?: boolean
  onProgress?: (message: string, done?: { count: number; of: number }) => void
}): Promise<House> {
  const { config, env, log, onProgress = () => undefined } = options
  const dataFolder = config.DATA_FOLDER
  const secrets = await readHouseSecrets(dataFolder)
  // Taken before anything heavy starts: a taken port is the commonest mistake.
  const port = await reservePort(config.PORT, config.HOST)
  const publicUrl = config.PUBLIC_URL ?? `http://localhost:${String(port)}`
  const databases = await openDatabases({
    postgresUrl: config.POSTGRES_URL,
    dataFolder,
    ...(options.fast !== undefined && { fast: options.fast }),
    log,
    onProgress,
  })
  const closing: (() => Promise<void>)[] = [() => databases.stop()]
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step()
  }
  try {
    const parts = await openParts(config, log)
    closing.push(() => parts.close())
    const subgraphs = createSubgraphs(parts, (name) =>
      subgraphEnvironment({
        given: env,
        secrets,
        databaseUrl: databases.url(name),
        port: 0,
        publicUrl,
        // In one process the keys are known without asking users for them.
        usersUrl: 'http://127.0.0.1',
        dataFolder,
        courierRef,
      }),
    )
    const running = await startSubgraphs({ subgraphs, parts, secrets, log, closing })
    onProgress('loading the demo house')
    const demo = { ...subgraphs, parts, onProgress }
    await loadDemo(demo)
    if (config.DEMO_PICTURES !== 'none') await hangPictures(demo, { all: false, shouldStop: () => false })
    const urls = Object.fromEntries(running.map(({ name, url }) => [name, url])) as Record<
      SubgraphName,
      string
    >
    onProgress('opening the doors')
    const gateway = await startGateway({
      config: readGatewayConfig(
        gatewayEnvironment({ given: env, secrets, urls, port, publicUrl, dataFolder }),
      ),
      log,
      bus: parts.bus,
    })
    closing.push(() => gateway.close())
    if (config.DEMO_PICTURES === 'all') closing.push(hangTheRest(demo, log))
    return {
      url: publicUrl,
      described: [
        { part: 'Database', by: databases.description, isReal: databases.isReal },
        ...parts.described,
        {
          part: 'Payments',
          by: config.STRIPE_SECRET_KEY ? 'Stripe' : 'the sandbox',
          isReal: !!config.STRIPE_SECRET_KEY,
        },
      ],
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Draws the other views while the store is open already; gives the function that ends it. */
function hangTheRest(demo: DemoTargets, log: Logger): () => Promise<void> {
  let isStopped = false
  const hanging = hangPictures(
    { ...demo, onProgress: () => undefined },
    { all: true, shouldStop: () => isStopped },
  ).catch((error: unknown) => {
    if (!isStopped) log.error({ err: error }, 'not all demo pictures could be drawn; the next start goes on')
  })
  return async () => {
    isStopped = true
    // A product's pictures take up to seconds and are drawn anew if cut off: Ctrl-C need not wait for them.
    await Promise.race([hanging, wait(500)])
  }
}

async function reservePort(port: number, host: string): Promise<number> {
  const probe = await listen((_, response) => response.end(), { port, host })
  await probe.stop(0)
  return probe.port
}

async function startSubgraphs(options: {
  subgraphs: Subgraphs
  parts: OpenParts
  secrets: HouseSecrets
  log: Logger
  closing: (() => Promise<void>)[]
}): Promise<RunningSubgraph[]> {
  const { subgraphs, parts, secrets, log, closing } = options
  const { d: _, ...publicJwk } = JSON.parse(secrets.JWT_PRIVATE_JWK) as JWK
  const verifyToken = createTokenVerifier({
    keys: createLocalJWKSet({ keys: [publicJwk] }),
    issuer: 'maison',
    audience: 'maison',
  })
  const running: RunningSubgraph[] = []
  const start = async <Tx, Loaders>(subgraph: Subgraph<Tx, Loaders>) => {
    const started = await startSubgraph(subgraph, {
      port: 0,
      gatewaySecret: secrets.GATEWAY_SECRET,
      verifyToken,
      bus: parts.bus,
      log,
    })
    running.push(started)
  }
  closing.push(async () => {
    await Promise.all(running.map((subgraph) => subgraph.stopListening()))
    await parts.bus.close()
    await Promise.all(running.map((subgraph) => subgraph.close()))
  })
  for (const name of subgraphNames) await start(subgraphs[name] as Subgraph<unknown, unknown>)
  for (const subgraph of running) subgraph.begin()
  return running
}
