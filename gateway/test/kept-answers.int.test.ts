import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { productChanged, productPublished } from '#contracts/catalog.ts'
import { signAccessToken } from '#platform/auth/access-token.ts'
import type { Bus } from '#platform/events/bus.ts'
import { listen, sendJson } from '#platform/server/http-server.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import {
  addressOf,
  clutch,
  documents,
  registeredDocuments,
  sha256,
  shop,
  stockedShelves,
  stockroom,
  tote,
} from './shelves.ts'
import { createTestBus, tellProduct } from './tell-product.ts'
import { startTestGateway } from './test-gateway.ts'

const { privateKey, publicKey } = await generateKeyPair('EdDSA')
const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'EdDSA' }
const keys = await listen(
  (_, response) => {
    sendJson(response, 200, { keys: [jwk] })
  },
  { port: 0 },
)
afterAll(() => keys.stop(0))

let shelves = stockedShelves()
let bus: Bus
let gateway: Awaited<ReturnType<typeof startTestGateway>>

beforeEach(async () => {
  shelves = stockedShelves()
  bus = createTestBus()
  gateway = await startTestGateway({
    subgraphs: [shop(shelves), stockroom(shelves)],
    registeredDocuments,
    bus,
    env: { SAFELIST: 'on', JWKS_URL: `${keys.url}/jwks.json` },
  })
})
afterEach(async () => {
  await gateway.close()
  await bus.close()
})

async function get(address: string, headers: Record<string, string> = {}) {
  const response = await fetch(gateway.url + address, { headers })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, data: dataOf(text) }
}

function dataOf(text: string): unknown {
  return text === '' ? null : (JSON.parse(text) as { data?: unknown }).data
}

const product = addressOf('product', { id: tote })
const told = { product: { name: 'Tote', left: { count: 3 } } }

test('a public answer is read once, and says to everybody in front of us how long it may be held', async () => {
  const first = await get(product)
  expect(first.data).toEqual(told)
  gateway.calls.length = 0
  const second = await get(product)
  expect(second.text).toBe(first.text)
  expect(gateway.calls).toHaveLength(0)
  expect(Object.fromEntries(second.headers)).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'public, max-age=0, s-maxage=1, must-revalidate',
    vary: 'accept-encoding',
    'surrogate-key': `Product:${tote}`,
    'x-content-type-options': 'nosniff',
  })
  const etag = second.headers.get('etag') ?? ''
  const unchanged = await get(product, { 'if-none-match': etag })
  expect([unchanged.status, unchanged.text]).toEqual([304, ''])
})

test('posting a registered query reads what its address keeps, and other spellings of the variables too', async () => {
  await get(product)
  gateway.calls.length = 0
  const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(documents.product) } }
  const posted = await gateway.post({ extensions, variables: { unused: 1, id: tote } })
  expect(posted.data).toEqual(told)
  const spelt = `/graphql/${sha256(documents.product)}?variables=${encodeURIComponent(`{ "id" : "${tote}", "x": 1 }`)}`
  expect((await get(spelt)).data).toEqual(told)
  expect(gateway.calls).toHaveLength(0)
})

test('500 who ask at once for what is not kept are one question to each subgraph', async () => {
  const answers = await Promise.all(Array.from({ length: 500 }, () => get(product)))
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(gateway.calls).toHaveLength(2)
})

test('what is private is asked for each time, for each by who asks', async () => {
  const tokens = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const options = {
        issuer: 'maison',
        audience: 'maison',
        key: privateKey,
        keyId: 'one',
        lifetimeSeconds: 60,
      }
      return (await signAccessToken(testIdentity(), options)).token
    }),
  )
  const asked = [...tokens, ...tokens].map(async (token) => {
    const answer = await get(addressOf('basket'), { authorization: `Bearer ${token}` })
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(answer.data).toMatchObject({ basket: { owner: `Bearer ${token}` } })
  })
  await Promise.all(asked)
  expect((await get(addressOf('basket'))).data).toMatchObject({ basket: { owner: 'nobody' } })
})

test('what many ask at once and nobody may keep is asked once, and each is told its cost', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => get(addressOf('basket'))))
  expect(gateway.calls.length).toBeLessThan(30)
  for (const { text } of answers) {
    expect(JSON.parse(text)).toMatchObject({
      data: { basket: { owner: 'nobody' } },
      extensions: { cost: { requestedQueryCost: expect.any(Number) as number } },
    })
  }
})

test('a public answer is read as by nobody, whoever asks', async () => {
  const options = { issuer: 'maison', audience: 'maison', key: privateKey, keyId: 'one', lifetimeSeconds: 60 }
  const { token } = await signAccessToken(testIdentity(), options)
  const cookie = `maison_access=${token}`
  await get(product, { authorization: `Bearer ${token}`, cookie, 'sec-fetch-site': 'same-origin' })
  expect(gateway.calls).toHaveLength(2)
  for (const { headers } of gateway.calls) {
    expect(headers).not.toHaveProperty('authorization')
    expect(headers).not.toHaveProperty('cookie')
    expect(headers).not.toHaveProperty('x-client-ip')
  }
})

test('an answer with an error is given, and not kept', async () => {
  const broken = await get(addressOf('broken'))
  expect(broken.status).toBe(200)
  expect(broken.data).toEqual({ broken: null, products: [{ name: 'Tote' }, { name: 'Clutch' }] })
  expect(broken.headers.get('cache-control')).toBe('private, no-store')
  gateway.calls.length = 0
  await get(addressOf('broken'))
  expect(gateway.calls.length).toBeGreaterThan(0)
})

test('when an event has been heard nobody is shown what was before it', async () => {
  await get(product)
  await get(addressOf('products'))
  await get(addressOf('product', { id: clutch }))
  shelves.names.set(tote, 'Cabas')
  await tellProduct(bus, productChanged, tote)
  expect((await get(product)).data).toEqual({ product: { name: 'Cabas', left: { count: 3 } } })
  expect((await get(addressOf('products'))).data).toEqual({
    products: [{ name: 'Cabas' }, { name: 'Clutch' }],
  })
  gateway.calls.length = 0
  await get(addressOf('product', { id: clutch }))
  expect(gateway.calls).toHaveLength(0)
})

test('what was not there is found as soon as it is told of', async () => {
  const coming = randomUUID()
  expect((await get(addressOf('name', { id: coming }))).data).toEqual({ product: null })
  shelves.names.set(coming, 'Pochette')
  await tellProduct(bus, productPublished, coming)
  expect((await get(addressOf('name', { id: coming }))).data).toEqual({ product: { name: 'Pochette' } })
})

test('a mutation is never kept, nor run by GET', async () => {
  const rename = addressOf('rename', { id: tote, name: 'x' })
  expect((await get(rename)).status).toBe(405)
  const response = await fetch(`${gateway.url}/graphql/${sha256(documents.rename)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ variables: { id: tote, name: 'Cabas' } }),
  })
  expect(await response.json()).toMatchObject({ data: { rename: { name: 'Cabas' } } })
  expect(response.headers.get('cache-control')).toBe('private, no-store')
})

test('every answer that was made for one says what it cost', async () => {
  const { text } = await get(addressOf('basket'))
  expect(JSON.parse(text)).toMatchObject({
    extensions: {
      cost: { requestedQueryCost: expect.any(Number) as number, throttleStatus: { restoreRate: 10_000 } },
    },
  })
})
