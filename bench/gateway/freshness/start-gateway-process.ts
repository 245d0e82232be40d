import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { path, services } from './config.ts'
import type { Shop } from './start-shop.ts'

const root = resolve(import.meta.dirname, '../../..')
const flags = ['--max-semi-space-size=64', '--disable-proto=delete', '--disable-warning=ExperimentalWarning']

export interface GatewayProcess {
  readonly url: string
  /** What it counted of its cache so far, such as `origin filled`. */
  counts(): Promise<Map<string, number>>
  stop(): Promise<void>
}

/** A gateway as in production, in a process of its own; `hearsEvents` false: nobody tells it of any change. */
export async function startGatewayProcess(
  shop: Shop,
  options: { hearsEvents: boolean },
): Promise<GatewayProcess> {
  const [port, metricsPort] = [await freePort(), await freePort()]
  const child = spawn(process.execPath, [...flags, 'gateway/main.ts'], {
    cwd: root,
    // What it says of itself is not what is measured.
    stdio: ['ignore', 2, 2],
    env: {
      PATH: path,
      NODE_ENV: 'production',
      LOG_LEVEL: 'error',
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      GATEWAY_SECRET: shop.gatewaySecret,
      SUBGRAPH_CATALOG_URL: `${shop.urls.catalog}/graphql`,
      SUBGRAPH_ORDERS_URL: `${shop.urls.orders}/graphql`,
      SAFELIST: 'on',
      PERSISTED_DOCUMENTS: 'web/generated/persisted-documents.json',
      REDIS_URL: services.redis,
      REDIS_PREFIX: shop.prefix,
      // All readers are on one address here.
      RATE_LIMIT_IP: '100000000/100000000',
      ...(options.hearsEvents && { AMQP_URL: services.rabbit, AMQP_PREFIX: shop.prefix }),
    },
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const url = `http://127.0.0.1:${port}`
  const stop = async () => {
    child.kill('SIGTERM')
    const force = setTimeout(() => child.kill('SIGKILL'), 6_000)
    await ended
    clearTimeout(force)
  }
  for (let tries = 0; ; tries += 1) {
    if (child.exitCode !== null) throw new Error('The gateway did not start; what it said is above')
    if (await isAlive(url)) break
    if (tries === 150) {
      await stop()
      throw new Error('The gateway did not come up within 30 s')
    }
    await wait(200)
  }
  return {
    url,
    stop,
    counts: async () => {
      const text = await (await fetch(`http://127.0.0.1:${metricsPort}/`)).text()
      const cells = text.matchAll(/^\w*cache\w*\{tier="(\w+)",result="([\w ]+)"\} (\d+)$/gm)
      return new Map([...cells].map(([, tier, result, value]) => [`${tier} ${result}`, Number(value)]))
    },
  }
}

async function isAlive(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/live`)).ok
  } catch {
    return false
  }
}

function freePort(): Promise<number> {
  return new Promise((done, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(port))
    })
  })
}
