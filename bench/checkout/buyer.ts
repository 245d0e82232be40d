// One shopper on the way from the product page to a paid order, over keep-alive connections as a storefront's server has them.
import { randomUUID } from 'node:crypto'
import { Pool } from 'undici'
import { addToCart, continueAsGuest, findGoods, hashOf, placeOrder, startPayment } from './documents.ts'

const market = 'FR'
const address = {
  name: 'Camille Laurent',
  lines: ['12 rue des Archives'],
  city: 'Paris',
  postalCode: '75004',
  country: 'FR',
}

export interface Goods {
  variantId: string
  /** What one piece costs, shipping and all. */
  total: string
}

export interface Door {
  /** Sends a registered operation; rejects unless it is answered without an error. */
  ask<T>(document: string, variables: object, token?: string): Promise<T>
  /** Gives the sandbox a good card, as the payment page does. */
  confirm(client: { reference: string; clientSecret: string }): Promise<void>
  close(): Promise<void>
}

export function openDoor(url: string): Door {
  const pool = new Pool(url, { connections: 128, pipelining: 1 })

  async function post(path: string, body: object, token?: string): Promise<unknown> {
    const response = await pool.request({
      path,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    })
    const text = await response.body.text()
    if (response.statusCode !== 200) throw new Error(`${path}: ${String(response.statusCode)} ${text}`)
    return JSON.parse(text)
  }

  return {
    ask: async <T>(document: string, variables: object, token?: string) => {
      const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(document) } }
      const answer = (await post('/graphql', { variables, extensions }, token)) as {
        data: T
        errors?: unknown
      }
      if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors))
      return answer.data
    },
    confirm: async ({ reference, clientSecret }) => {
      const card = { cardNumber: '4242424242424242', expiry: '12/30', cvc: '123' }
      const answer = await post(`/sandbox/intents/${reference}/confirm`, { clientSecret, ...card })
      if ((answer as { status: string }).status !== 'succeeded') throw new Error(JSON.stringify(answer))
    },
    close: () => pool.close(),
  }
}

/** What can be bought in the market, at what it costs a guest. */
export async function findAllGoods(door: Door, token: string, most: number): Promise<Goods[]> {
  const { collection } = await door.ask<{
    collection: { products: { nodes: { variants: { id: string; price: object | null }[] }[] } }
  }>(findGoods, { market })
  const variants = collection.products.nodes.flatMap((product) => product.variants)
  const goods: Goods[] = []
  for (const { id: variantId } of variants.filter(({ price }) => price !== null).slice(0, most)) {
    const { placeOrder: refused } = await order(door, token, { variantId, total: '0' }, null)
    if (refused.__typename !== 'PriceChangedError') throw new Error(JSON.stringify(refused))
    goods.push({ variantId, total: refused.actual.minorUnits })
  }
  return goods
}

export async function enter(door: Door): Promise<string> {
  const input = { email: `guest-${randomUUID()}@shopper.example`, locale: 'en' }
  const { continueAsGuest: entered } = await door.ask<{
    continueAsGuest: { session: { accessToken: string } }
  }>(continueAsGuest, { input })
  return entered.session.accessToken
}

type Placed =
  | { __typename: 'PlaceOrderSuccess'; paymentTicket: string; order: { id: string } }
  | { __typename: 'PriceChangedError'; actual: { minorUnits: string } }

function order(
  door: Door,
  token: string,
  goods: Goods,
  cartId: string | null,
): Promise<{ placeOrder: Placed }> {
  const input = {
    ...(cartId !== null && { cartId }),
    market,
    lines: [{ variantId: goods.variantId, quantity: 1 }],
    shippingAddress: address,
    expectedTotal: goods.total,
    locale: 'fr',
    idempotencyKey: randomUUID(),
  }
  return door.ask(placeOrder, { input }, token)
}

/** Holds a piece: an order without a cart, unpaid. */
export async function hold(door: Door, token: string, goods: Goods, cartId: string | null = null) {
  const { placeOrder: placed } = await order(door, token, goods, cartId)
  if (placed.__typename !== 'PlaceOrderSuccess') throw new Error(JSON.stringify(placed))
  return { orderId: placed.order.id, paymentTicket: placed.paymentTicket }
}

export async function putInCart(door: Door, token: string, { variantId }: Goods): Promise<string> {
  const input = { market, variantId, quantity: 1, idempotencyKey: randomUUID() }
  const { addToCart: added } = await door.ask<{ addToCart: { cart: { id: string } } }>(
    addToCart,
    { input },
    token,
  )
  return added.cart.id
}

export async function pay(door: Door, token: string, paymentTicket: string): Promise<void> {
  const { startPayment: started } = await door.ask<{
    startPayment: { client: { reference: string; clientSecret: string } }
  }>(startPayment, { input: { paymentTicket, returnPath: '/en/FR/checkout' } }, token)
  await door.confirm(started.client)
}
