import { generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readGatewayConfig } from '#gateway/config.ts'
import { readAnalyticsConfig } from '#subgraphs/analytics/config.ts'
import { readCartConfig } from '#subgraphs/cart/config.ts'
import { readCatalogConfig } from '#subgraphs/catalog/config.ts'
import { readOrdersConfig } from '#subgraphs/orders/config.ts'
import { readPaymentsConfig } from '#subgraphs/payments/config.ts'
import { readUsersConfig } from '#subgraphs/users/config.ts'

// No engine runs here: the file is held against the code instead.

interface Service {
  image: string
  command: string[]
  environment: Record<string, string | number>
  ports?: string[]
  depends_on?: Record<string, { condition: string }>
  healthcheck?: { test: string[] }
}

const root = resolve(import.meta.dirname, '..')
const compose = parse(readFileSync(resolve(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<string, Service>
  volumes: Record<string, unknown>
}
const { services } = compose

const readers: Record<string, (env: Record<string, string | undefined>) => object> = {
  gateway: readGatewayConfig,
  users: readUsersConfig,
  catalog: readCatalogConfig,
  cart: readCartConfig,
  orders: readOrdersConfig,
  payments: readPaymentsConfig,
  analytics: readAnalyticsConfig,
}

const { privateKey } = generateKeyPairSync('ed25519')
const madeUpKey = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'k' })

/** What a service gets when nothing is set outside: the default of `${NAME:-default}`, a made-up value of `${NAME:?…}`. */
function environmentOf(name: string): Record<string, string | undefined> {
  const given = services[name]?.environment ?? {}
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [
      key,
      String(value).replace(
        /\$\{\w+(?::([-?])([^}]*))?\}/g,
        (_whole: string, kind: string | undefined, text: string | undefined) =>
          kind === '?' ? madeUpKey : (text ?? ''),
      ),
    ]),
  )
}

describe.each(Object.keys(readers))('%s', (name) => {
  const service = services[name]
  const read = readers[name]

  test('starts with what the file gives it', () => {
    expect(() => read?.(environmentOf(name))).not.toThrow()
  })

  test('is given no variable that it does not read', () => {
    const asked = new Set<string>()
    const env = environmentOf(name)
    const recording = new Proxy(env, {
      get: (target, key) => {
        asked.add(String(key))
        return Reflect.get(target, key) as unknown
      },
    })
    read?.(recording)
    // Given to all alike; not every process has a use for each.
    const common = new Set(['REDIS_URL', 'SMTP_URL', 'PUBLIC_URL', 'DATA_FOLDER', 'AMQP_URL', 'JWKS_URL'])
    expect(Object.keys(env).filter((key) => !asked.has(key) && !common.has(key))).toEqual([])
  })

  test('runs a script that exists and is checked on the port it listens on', () => {
    const script = service?.command.find((word) => word.endsWith('.ts'))
    expect(script && existsSync(resolve(root, script))).toBe(true)
    expect(service?.healthcheck?.test.join(' ')).toContain(`:${String(service?.environment.PORT)}/ready`)
  })
})

test('every dependency is a service, waited for until it is healthy or done', () => {
  for (const service of Object.values(services)) {
    for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
      const dependency = services[name]
      expect(dependency, name).toBeDefined()
      if (condition === 'service_healthy') expect(dependency?.healthcheck, name).toBeDefined()
    }
  }
})

test('subgraphs are found where they listen', () => {
  const gateway = services.gateway?.environment ?? {}
  for (const name of Object.keys(readers).filter((reader) => reader !== 'gateway')) {
    const port = String(services[name]?.environment.PORT)
    expect(gateway[`SUBGRAPH_${name.toUpperCase()}_URL`]).toBe(`http://${name}:${port}/graphql`)
  }
})

test('every image has a fixed version', () => {
  for (const { image } of Object.values(services)) {
    if (image !== 'maison') expect(image).toMatch(/:v?\d/)
  }
})
