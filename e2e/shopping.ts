import { randomUUID } from 'node:crypto'
import type { Ask } from './door.ts'

export const address = {
  name: 'Camille Laurent',
  lines: ['12 rue des Archives'],
  city: 'Paris',
  postalCode: '75004',
  country: 'FR',
}

export interface Variant {
  id: string
  sku: string
  availability: { inStock: boolean; quantity: number }
  price: { current: { minorUnits: string } } | null
}

/** All variants of the demo's bags, as the house tells them now. */
export async function readVariants(ask: Ask): Promise<Variant[]> {
  const { collection } = await ask<{ collection: { products: { nodes: { variants: Variant[] }[] } } }>(
    `{ collection(slug: "bags") { products(first: 100) { nodes { variants { id sku
         availability(market: "FR") { inStock quantity } price(market: "FR") { current { minorUnits } } } } } } }`,
  )
  return collection.products.nodes.flatMap((product) => product.variants)
}

/** A variant that can be bought in France, with at least so many pieces. */
export async function findVariant(ask: Ask, atLeast = 5): Promise<Variant> {
  const variants = await readVariants(ask)
  const found = variants.find((variant) => variant.price !== null && variant.availability.quantity >= atLeast)
  if (!found) throw new Error('The demo catalogue has nothing to buy')
  return found
}

export interface Order {
  id: string
  number: string
  status: string
  chargeStatus: string
  total: { minorUnits: string }
}

export type PlaceOrderResult =
  | { __typename: 'PlaceOrderSuccess'; order: Order; paymentTicket: string }
  | { __typename: 'OutOfStockError'; message: string; lines: { available: number }[] }
  | { __typename: 'PriceChangedError'; message: string; actual: { minorUnits: string } }
  | { __typename: 'NotSoldHereError' | 'InvalidInputError'; message: string; field?: string }

const placeOrderDocument = `mutation PlaceOrder($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename
  ... on UserError { message }
  ... on PlaceOrderSuccess { paymentTicket order { id number status chargeStatus total { minorUnits } } }
  ... on OutOfStockError { lines { available } }
  ... on PriceChangedError { actual { minorUnits } }
  ... on InvalidInputError { field } } }`

/** Orders lines for France, for the total the caller saw, else for what they cost now. */
export async function placeOrder(
  ask: Ask,
  lines: { variantId: string; quantity: number }[],
  input: { idempotencyKey?: string; expectedTotal?: string; shippingAddress?: object } = {},
): Promise<PlaceOrderResult> {
  const expectedTotal = input.expectedTotal ?? (await learnTotal(ask, lines))
  const { placeOrder: result } = await ask<{ placeOrder: PlaceOrderResult }>(placeOrderDocument, {
    input: {
      market: 'FR',
      locale: 'fr',
      lines,
      shippingAddress: address,
      idempotencyKey: randomUUID(),
      ...input,
      expectedTotal,
    },
  })
  return result
}

/** What the lines cost, as the house tells somebody who expects another total; '0' when they can't be bought at all. */
export async function learnTotal(
  ask: Ask,
  lines: { variantId: string; quantity: number }[],
): Promise<string> {
  const result = await placeOrder(ask, lines, { expectedTotal: '0' })
  return result.__typename === 'PriceChangedError' ? result.actual.minorUnits : '0'
}

/** Places an order that must succeed. */
export async function placed(
  ask: Ask,
  lines: { variantId: string; quantity: number }[],
  input: { idempotencyKey?: string; expectedTotal?: string; shippingAddress?: object } = {},
): Promise<{ order: Order; paymentTicket: string }> {
  const result = await placeOrder(ask, lines, input)
  if (result.__typename !== 'PlaceOrderSuccess') throw new Error(JSON.stringify(result))
  return result
}

/** Starts a payment and gives the card to the sandbox, as the payment page does; resolves to the sandbox's answer. */
export async function pay(
  url: string,
  ask: Ask,
  paymentTicket: string,
  cardNumber: string,
): Promise<{ status: string; failureCode?: string; redirectPath?: string }> {
  const { startPayment } = await ask<{
    startPayment: { __typename: string; client: { reference: string; clientSecret: string } }
  }>(
    `mutation Pay($input: StartPaymentInput!) { startPayment(input: $input) { __typename
       ... on UserError { message } ... on StartPaymentSuccess { client { reference clientSecret } } } }`,
    { input: { paymentTicket, returnPath: '/en/FR/checkout' } },
  )
  if (startPayment.__typename !== 'StartPaymentSuccess') throw new Error(JSON.stringify(startPayment))
  const { reference, clientSecret } = startPayment.client
  const response = await fetch(`${url}/sandbox/intents/${reference}/confirm`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ clientSecret, cardNumber, expiry: '12/30', cvc: '123' }),
  })
  return (await response.json()) as { status: string }
}

/** Where an order stands, as its customer sees it. */
export async function readOrder(ask: Ask, id: string): Promise<Order> {
  const { order } = await ask<{ order: Order }>(
    'query Order($id: ID!) { order(id: $id) { id number status chargeStatus total { minorUnits } } }',
    { id },
  )
  return order
}
