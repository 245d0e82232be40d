// 200 people ask for everything at once. Each carries a mark in name, mail and address: it may come back only to its own.
import { randomBytes, randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createDice } from '#gateway/execution/test/dice.ts'
import { type Ask, asker, eventually, signIn } from './door.ts'
import {
  type Belongings,
  type Goods,
  publicQueries,
  readRegisteredQueries,
  type RegisteredQuery,
} from './registered-queries.ts'
import { address, placed, readVariants, type Variant } from './shopping.ts'

const url = inject('houseUrl')
const redis = inject('houseRedis')
const people = 200
/** Of each query, by people with another's ids or their own; and by nobody. */
const askedByPeople = 12
const askedByNobody = 6
const atOnce = 24

interface Person extends Belongings {
  mark: string
  token: string
  refreshToken: string
  userId: string
}

interface Asked {
  query: RegisteredQuery
  by: Person | null
  variables: Record<string, unknown>
}

interface Told {
  status: number
  headers: string
  text: string
  isPublic: boolean
}

const seed = randomBytes(4).readUInt32LE()
const dice = createDice(seed)
const { pick } = dice
const markPattern = /mark-[0-9a-f]{16}/g
const uuidPattern = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const jwtPattern = /eyJ[\w-]+\.eyJ[\w-]+/

const client = redis && new Redis(redis.url)
const inRedis = { faults: new Set<string>(), entries: new Set<string>() }
afterAll(() => client?.quit())

let queries: RegisteredQuery[]
let crowd: Person[]
let support: Ask
let goods: Goods
/** Whose a mark or the id of a person, cart or order is. */
const ownerOf = new Map<string, Person>()

beforeAll(async () => {
  queries = readRegisteredQueries()
  const nobody = asker(url)
  const { collections, products } = await nobody<{
    collections: { slug: string }[]
    products: { nodes: { slug: string }[] }
  }>('{ collections { slug } products(first: 40) { nodes { slug } } }')
  const variants = (await readVariants(nobody)).filter(
    ({ price, availability }) => price !== null && availability.quantity >= 4,
  )
  goods = {
    slugs: products.nodes.map(({ slug }) => slug),
    collections: collections.map(({ slug }) => slug),
    skus: variants.map(({ sku }) => sku),
  }
  support = (await signIn(url, 'support@maison.example')).ask
  crowd = []
  const places = Array.from({ length: people }, (_, place) => place)
  await eachOf(places, 8, async (place) => {
    crowd.push(await enter(variants[place % variants.length], { orders: place % 4 === 0 }))
  })
  for (const person of crowd) {
    const { mark, userId, cartId, orderId, orderNumber } = person
    for (const own of [mark, userId, cartId, orderId, orderNumber]) if (own !== '') ownerOf.set(own, person)
  }
})

/** Somebody new, with a filled cart; every fourth has ordered. */
async function enter(variant: Variant | undefined, { orders }: { orders: boolean }): Promise<Person> {
  if (!variant) throw new Error('The demo catalogue has nothing to buy')
  const mark = `mark-${randomBytes(8).toString('hex')}`
  const { continueAsGuest } = await asker(url)<{
    continueAsGuest: { session: { accessToken: string; refreshToken: string; user: { id: string } } }
  }>(
    `mutation Guest($input: ContinueAsGuestInput!) { continueAsGuest(input: $input) {
       ... on SignInSuccess { session { accessToken refreshToken user { id } } } } }`,
    { input: { email: `${mark}@shopper.example`, givenName: mark, familyName: mark, locale: 'en' } },
  )
  const { accessToken: token, refreshToken, user } = continueAsGuest.session
  const ask = asker(url, token)
  const { addToCart } = await ask<{ addToCart: { cart: { id: string } } }>(
    `mutation Add($input: AddToCartInput!) { addToCart(input: $input) { ... on CartSuccess { cart { id } } } }`,
    { input: { market: 'FR', variantId: variant.id, quantity: 1, idempotencyKey: randomUUID() } },
  )
  const person = {
    mark,
    token,
    refreshToken,
    userId: user.id,
    cartId: addToCart.cart.id,
    orderId: '',
    orderNumber: '',
  }
  if (!orders) return person
  const shippingAddress = { ...address, name: mark, lines: [mark] }
  const { order } = await placed(ask, [{ variantId: variant.id, quantity: 1 }], { shippingAddress })
  return { ...person, orderId: order.id, orderNumber: order.number }
}

/** By address or by POST, with the token in a header or as our own pages send it: whatever a client may do. */
async function tell({ query, by, variables }: Asked): Promise<Told> {
  const auth: Record<string, string> = !by
    ? {}
    : pick([true, false])
      ? { authorization: `Bearer ${by.token}` }
      : { cookie: `maison_access=${by.token}`, 'sec-fetch-site': 'same-origin' }
  const search = `?variables=${encodeURIComponent(JSON.stringify(variables))}`
  const persistedQuery = { version: 1, sha256Hash: query.hash }
  const response = await (pick([true, false])
    ? fetch(`${url}/graphql/${query.hash}${search}`, { headers: auth })
    : fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { ...auth, 'content-type': 'application/json' },
        body: JSON.stringify({ variables, extensions: { persistedQuery } }),
      }))
  const headers = [...response.headers].map((header) => header.join(': ')).join('\n')
  const isPublic = response.headers.get('cache-control')?.startsWith('public') ?? false
  return { status: response.status, headers, text: await response.text(), isPublic }
}

/** What in an answer is somebody's: marks and ids. */
function owned(text: string): string[] {
  return [...(text.match(markPattern) ?? []), ...(text.match(uuidPattern) ?? [])].filter((own) =>
    ownerOf.has(own),
  )
}

test('no answer holds what is another person’s', { timeout: 90_000 }, async () => {
  const asked: Asked[] = queries.flatMap((query) => [
    ...Array.from({ length: askedByPeople }, () => {
      const by = pick(crowd)
      return { query, by, variables: query.variables(pick([by, pick(buyers())]), goods, pick) }
    }),
    ...Array.from({ length: askedByNobody }, () => {
      return { query, by: null, variables: query.variables(pick(buyers()), goods, pick) }
    }),
  ])
  const ofOwn = queries.filter(({ name }) => ['GuestEmail', 'AccountPage', 'CartPage'].includes(name))
  for (const by of crowd) {
    for (const query of ofOwn) asked.push({ query, by, variables: query.variables(by, goods, pick) })
  }
  shuffle(asked)

  const faults: string[] = []
  const seen = new Set<string>()
  const refused = new Map<number, number>()
  await eachOf(asked, atOnce, async (question) => {
    const { query, by } = question
    // Staff may see it: what they read must not get to anybody else either.
    if (dice.chance(0.02)) await readAsSupport()
    if (dice.chance(0.02)) await scanRedis()
    const { status, headers, text, isPublic } = await tell(question)
    if (status !== 200) refused.set(status, (refused.get(status) ?? 0) + 1)
    const found = owned(text + headers)
    for (const own of found) {
      if (ownerOf.get(own) === by) seen.add(own)
      else faults.push(`${query.name} told ${by?.mark ?? 'nobody'} ${own}`)
    }
    const mayBeKept = status === 200 && !/^cache-control: private, no-store$/m.test(headers)
    if (mayBeKept && (found.length > 0 || !publicQueries.has(query.name)))
      faults.push(`${query.name} may be kept: ${headers}`)
    if (isPublic && jwtPattern.test(text + headers)) faults.push(`${query.name} told a token`)
  })
  expect(faults, `seed ${seed}`).toEqual([])
  // Who would be told nothing could not be told the wrong thing.
  expect(crowd.filter(({ mark }) => !seen.has(mark))).toEqual([])
  expect([...refused.values()].reduce((sum, count) => sum + count, 0)).toBeLessThan(asked.length / 20)
})

const buyers = () => crowd.filter(({ orderId }) => orderId !== '')

async function readAsSupport(): Promise<void> {
  const { orderId, mark } = pick(buyers())
  const { order } = await support<{ order: { shippingAddress: { name: string } } }>(
    'query Help($id: ID!) { order(id: $id) { shippingAddress { name } } }',
    { id: orderId },
  )
  expect(order.shippingAddress.name).toBe(mark)
}

test('what is public is the same, byte for byte, for everybody', async () => {
  const ofAll = queries.filter(({ name }) => publicQueries.has(name))
  expect(ofAll).toHaveLength(publicQueries.size)
  await eachOf(ofAll, 5, async (query) => {
    const variables = query.variables(pick(buyers()), goods, pick)
    const tellTo = (by: Person | null) => tell({ query, by, variables })
    // Stock still changes: only what nobody was told alike before and after is compared.
    const told = await eventually(async () => {
      const before = await tellTo(null)
      const ofPeople = await Promise.all([tellTo(pick(crowd)), tellTo(pick(crowd))])
      const after = await tellTo(null)
      if (!before.isPublic || before.text !== after.text)
        throw new Error(`${query.name} changes all the time`)
      return [before, ...ofPeople]
    })
    for (const { text } of told) expect(text).toBe(told[0]?.text)
  })
})

test.skipIf(redis === null)('Redis holds nothing of anybody: no mark, no token, no address', async () => {
  await scanRedis()
  expect([...inRedis.faults]).toEqual([])
  expect(inRedis.entries.size).toBeGreaterThan(20)
})

/** Notes what of the house's is in Redis now: some of it lives for seconds only. */
async function scanRedis(): Promise<void> {
  if (!redis || !client) return
  const found = client.scanStream({ match: `*${redis.prefix}*`, count: 1_000 }) as AsyncIterable<string[]>
  for await (const keys of found) {
    const values = await Promise.all(keys.map((key) => valueOf(client, key)))
    for (const [place, key] of keys.entries()) {
      if (key.includes(':entry:')) inRedis.entries.add(key)
      const text = `${key}\n${values[place] ?? ''}`
      const isPersonal = [/mark-[0-9a-f]{16}/, jwtPattern, /[\w.+-]+@[\w-]+\.\w/].some((one) =>
        one.test(text),
      )
      if (
        isPersonal ||
        crowd.some(({ token, refreshToken }) => text.includes(token) || text.includes(refreshToken))
      ) {
        inRedis.faults.add(text.slice(0, 500))
      }
    }
  }
}

async function valueOf(client: Redis, key: string): Promise<string> {
  switch (await client.type(key)) {
    case 'string':
      return (await client.get(key)) ?? ''
    case 'hash':
      return JSON.stringify(await client.hgetall(key))
    case 'list':
      return (await client.lrange(key, 0, -1)).join('\n')
    case 'set':
      return (await client.smembers(key)).join('\n')
    case 'zset':
      return (await client.zrange(key, '0', '-1')).join('\n')
    // It ended meanwhile.
    case 'none':
      return ''
    default:
      throw new Error(`${key} is of a type that this test does not read`)
  }
}

/** Does `work` for each, so many at once. */
async function eachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of waiting) await work(item)
    }),
  )
}

function shuffle(items: unknown[]): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = dice.below(last + 1)
    ;[items[last], items[other]] = [items[other], items[last]]
  }
}
