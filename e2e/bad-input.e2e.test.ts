import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { dataFolder } from './config.ts'
import { asker, type Ask, enterAsGuest, send, signIn } from './door.ts'
import { address, findVariant, placeOrder, type Variant } from './shopping.ts'

const url = inject('houseUrl')

let guest: { ask: Ask; token: string; userId: string }
let variant: Variant

beforeAll(async () => {
  guest = await enterAsGuest(url)
  variant = await findVariant(asker(url), 6)
})

/** Nothing of our inside may show: no stack, no SQL, no path. */
function expectNoInside(answer: unknown): void {
  expect(JSON.stringify(answer)).not.toMatch(
    /\bat .+\.ts:\d+|node_modules|prisma|SELECT |INSERT |relation "|ECONNREFUSED/i,
  )
}

const order = `mutation PlaceOrder($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename ... on UserError { message } } }`

const input = (change: object) => ({
  input: {
    market: 'FR',
    locale: 'fr',
    lines: [{ variantId: variant.id, quantity: 1 }],
    shippingAddress: address,
    expectedTotal: '1',
    idempotencyKey: randomUUID(),
    ...change,
  },
})

describe('an order that makes no sense', () => {
  const line = (quantity: unknown, variantId: string = variant.id) => ({ lines: [{ variantId, quantity }] })

  test.each([
    ['no pieces', () => line(0), 'InvalidInputError'],
    ['negative pieces', () => line(-1), 'InvalidInputError'],
    ['100 pieces', () => line(100), 'InvalidInputError'],
    ['two thousand million pieces', () => line(2_147_483_647), 'InvalidInputError'],
    ['no lines', () => ({ lines: [] }), 'InvalidInputError'],
    [
      '101 lines',
      () => ({ lines: Array.from({ length: 101 }, () => line(1).lines[0]) }),
      'InvalidInputError',
    ],
    ['an unknown variant', () => line(1, randomUUID()), 'NotSoldHereError'],
    ['an id that is none', () => line(1, "'; drop table orders; --"), 'NotSoldHereError'],
    ['an unknown market', () => ({ market: 'XX' }), 'InvalidInputError'],
    ['a country elsewhere', () => ({ shippingAddress: { ...address, country: 'JP' } }), 'InvalidInputError'],
    ['no name', () => ({ shippingAddress: { ...address, name: '   ' } }), 'InvalidInputError'],
    ['a name with NUL', () => ({ shippingAddress: { ...address, name: 'a\u0000b' } }), 'InvalidInputError'],
    ['half a character', () => ({ shippingAddress: { ...address, name: 'a\ud800b' } }), 'InvalidInputError'],
    [
      'a name of 10,000 characters',
      () => ({ shippingAddress: { ...address, name: 'x'.repeat(10_000) } }),
      'InvalidInputError',
    ],
  ])('%s is answered with its type', async (_, change, expected) => {
    const answer = await send<{ placeOrder: { __typename: string; message: string } }>(
      url,
      order,
      input(change()),
      guest.token,
    )
    expect(answer.errors).toBeUndefined()
    expect(answer.data?.placeOrder.__typename).toBe(expected)
    expect(answer.data?.placeOrder.message).not.toBe('')
    expectNoInside(answer)
  })

  test.each([
    ['a word for a number', () => line('many')],
    ['a fraction', () => line(1.5)],
    ['a number beyond Int', () => line(1e12)],
    ['null', () => line(null)],
    ['a total that is no number', () => ({ expectedTotal: 'a lot' })],
    ['a field that does not exist', () => ({ colour: 'red' })],
  ])('%s is refused as bad input', async (_, change) => {
    const answer = await send(url, order, input(change()), guest.token)
    expect(answer.errors?.[0]?.extensions.code).toMatch(/^(BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED)$/)
    expectNoInside(answer)
  })

  test('none of them left an order behind', async () => {
    const { me } = await guest.ask<{ me: { orders: { nodes: unknown[] } } }>(
      '{ me { orders(first: 100) { nodes { id } } } }',
    )
    expect(me.orders.nodes).toEqual([])
  })
})

const naughtyFile = join(dataFolder, 'text/blns.json')

test.runIf(existsSync(naughtyFile))(
  'every naughty string survives as a name on an order, or is refused with its type (skipped where the file is absent)',
  { timeout: 120_000 },
  async () => {
    const strings = (JSON.parse(readFileSync(naughtyFile, 'utf8')) as string[]).filter(
      (text) => text.trim() !== '',
    )
    const refused: string[] = []
    const waiting = strings.values()
    const buy = async (): Promise<void> => {
      const buyer = await enterAsGuest(url)
      for (const text of waiting) {
        const result = await placeOrder(buyer.ask, [{ variantId: variant.id, quantity: 1 }], {
          shippingAddress: { ...address, name: text },
        })
        if (result.__typename === 'InvalidInputError') {
          refused.push(text)
          continue
        }
        if (result.__typename !== 'PlaceOrderSuccess') throw new Error(JSON.stringify({ text, result }))
        const { id } = result.order
        const { order: kept } = await buyer.ask<{ order: { shippingAddress: { name: string } } }>(
          'query Kept($id: ID!) { order(id: $id) { shippingAddress { name } } }',
          { id },
        )
        expect(kept.shippingAddress.name).toBe(text.trim())
        await buyer.ask('mutation Cancel($id: ID!) { cancelOrder(id: $id) { __typename } }', { id })
      }
    }
    await Promise.all([buy(), buy(), buy(), buy()])
    for (const text of refused)
      expect([...text].length > 200 || text.includes('\0') || !text.isWellFormed()).toBe(true)
  },
)

describe('a token that is not good', () => {
  const me = '{ me { id } }'

  test.each([
    ['random characters', () => Promise.resolve('not.a.token')],
    ['a token signed by somebody else', () => forged('HS256')],
    [
      'a token without a signature',
      () =>
        Promise.resolve(
          `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${Buffer.from(JSON.stringify({ sub: randomUUID(), roles: ['ADMIN'] })).toString('base64url')}.`,
        ),
    ],
    ['10,000 characters', () => Promise.resolve('x'.repeat(10_000))],
  ])('%s is UNAUTHENTICATED', async (_, make) => {
    const answer = await send(url, me, {}, await make())
    expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expectNoInside(answer)
  })

  test('a good token with one letter changed is UNAUTHENTICATED', async () => {
    const { token } = await signIn(url, 'camille@maison.example')
    const [head, body, signature = ''] = token.split('.')
    const turned = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`
    const answer = await send(url, me, {}, [head, body, turned].join('.'))
    expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })
})

function forged(alg: string): Promise<string> {
  return new SignJWT({ sid: randomUUID(), roles: ['ADMIN'], shops: [] })
    .setProtectedHeader({ alg, typ: 'at+jwt', kid: 'x' })
    .setSubject(randomUUID())
    .setIssuer('maison')
    .setAudience('maison')
    .setExpirationTime('5m')
    .sign(Buffer.from('a secret of somebody else, long enough'))
}

describe('what is somebody else’s', () => {
  test.each([
    ['failedPayments', '{ failedPayments { nodes { id } } }'],
    ['eventLog', '{ eventLog { nodes { id } } }'],
    ['sales', '{ sales(from: "2026-01-01", to: "2026-01-02") { currency } }'],
    ['orders', '{ orders { nodes { id } } }'],
    ['importJobs', '{ importJobs { nodes { id } } }'],
    ['myDeliveries', '{ myDeliveries { nodes { id } } }'],
  ])('%s is FORBIDDEN to a shopper and UNAUTHENTICATED to nobody', async (_, document) => {
    const shopper = await send(url, document, {}, guest.token)
    expect(shopper.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    const nobody = await send(url, document)
    expect(nobody.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })

  test('another guest cannot see, cancel or pay an order', async () => {
    const placed = await placeOrder(guest.ask, [{ variantId: variant.id, quantity: 1 }])
    if (placed.__typename !== 'PlaceOrderSuccess') throw new Error(JSON.stringify(placed))
    const other = await enterAsGuest(url)
    const { id } = placed.order
    expect(await other.ask('query Peek($id: ID!) { order(id: $id) { number } }', { id })).toEqual({
      order: null,
    })
    expect(await other.ask('mutation C($id: ID!) { cancelOrder(id: $id) { __typename } }', { id })).toEqual({
      cancelOrder: { __typename: 'OrderNotFoundError' },
    })
    const paid = await send<{ startPayment: { __typename: string } }>(
      url,
      `mutation P($input: StartPaymentInput!) { startPayment(input: $input) { __typename } }`,
      { input: { paymentTicket: placed.paymentTicket, returnPath: '/' } },
      other.token,
    )
    expect(paid.errors?.[0]?.extensions.code ?? paid.data?.startPayment.__typename).toMatch(
      /^(FORBIDDEN|TicketInvalidError)$/,
    )
    await guest.ask('mutation C($id: ID!) { cancelOrder(id: $id) { __typename } }', { id })
  })
})
