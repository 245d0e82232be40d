import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readHouseConfig } from '#embedded/config.ts'
import { readGatewayConfig } from '#gateway/config.ts'
import { readAnalyticsConfig } from '#subgraphs/analytics/config.ts'
import { readCartConfig } from '#subgraphs/cart/config.ts'
import { readCatalogConfig } from '#subgraphs/catalog/config.ts'
import { readOrdersConfig } from '#subgraphs/orders/config.ts'
import { readPaymentsConfig } from '#subgraphs/payments/config.ts'
import { readUsersConfig } from '#subgraphs/users/config.ts'

const readers = {
  house: readHouseConfig,
  gateway: readGatewayConfig,
  users: readUsersConfig,
  catalog: readCatalogConfig,
  cart: readCartConfig,
  orders: readOrdersConfig,
  payments: readPaymentsConfig,
  analytics: readAnalyticsConfig,
}

const page = readFileSync(resolve(import.meta.dirname, 'configuration.md'), 'utf8')

test.each(Object.entries(readers))('every variable that %s reads is on the page', (_, read) => {
  const asked = new Set<string>()
  const recording = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_target, key) => {
        asked.add(String(key))
        return undefined
      },
    },
  )
  try {
    read(recording)
  } catch {
    // What it misses does not matter here, only what it asked for.
  }
  expect(asked.size).toBeGreaterThan(3)
  expect([...asked].filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})
