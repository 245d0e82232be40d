import { SignJWT } from 'jose'
import { marketChanged } from '#contracts/catalog.ts'
import {
  orderConfirmed,
  orderExpired,
  orderFulfilled,
  orderPaymentRejected,
  orderPlaced,
  orderRefundRequested,
  saleRecorded,
} from '#contracts/orders.ts'
import type { Identity } from '#platform/auth/identity.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { startTestSubgraph } from '#platform/testing/start-test-subgraph.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { readPaymentsConfig } from '../config.ts'
import type { PrismaClient } from '../data/generated/client.ts'
import { createPayments } from '../service.ts'
import { checkInvariants } from '../usecases/check-invariants.ts'
import { openWebhookWire } from './webhook-wire.ts'

export const ticketSecret = 'a-secret-of-32-characters-or-more'
export const webhookSecret = 'another-secret-of-32-characters-or-more'
export const delayMs = 3_000
export const pollAfterMs = 20_000
export const support = testIdentity({ roles: ['SUPPORT'] })
export const clerk = testIdentity({ roles: ['CLERK'] })

export type House = Awaited<ReturnType<typeof openHouse>>

export interface Answer {
  kind: string
  message?: string
  field?: string
  [name: string]: unknown
}

export interface Started {
  kind: string
  message?: string
  transaction?: { id: string; status: string; amount: { amount: string } }
  client?: { provider: string; reference: string; clientSecret: string; publishableKey: string | null }
}

export interface Order {
  orderId: string
  number: string
  shopper: Identity
  totalMinor: string
  expiresAt: Date
}

const startDocument = `mutation ($input: StartPaymentInput!) { startPayment(input: $input) {
  kind: __typename
  ... on UserError { message }
  ... on StartPaymentSuccess { transaction { id status amount { amount } }
    client { provider reference clientSecret publishableKey } } } }`

/** The payments subgraph with the sandbox, or with `env` over it, and the wire that webhooks come by. */
export async function openHouse(env: Record<string, string> = {}) {
  const wire = await openWebhookWire()
  const house = await startTestSubgraph({
    name: 'payments',
    readConfig: readPaymentsConfig,
    create: createPayments,
    env: {
      PAYMENT_TICKET_SECRET: ticketSecret,
      PAYMENT_POLL_AFTER_MS: String(pollAfterMs),
      BANK_ACCOUNT_HOLDER: 'Maison SA',
      BANK_IBAN: 'FR7630006000011234567890189',
      BANK_BIC: 'AGRIFRPP',
      SANDBOX_WEBHOOK_SECRET: webhookSecret,
      SANDBOX_WEBHOOK_URL: wire.url,
      SANDBOX_DELAY_MS: String(delayMs),
      ...env,
    },
  })
  wire.connect(house.url)
  const { clock } = house
  const prisma = house.database.prisma as PrismaClient

  const ticketFor = (order: Order, change: Record<string, unknown> = {}, secret = ticketSecret) =>
    new SignJWT({
      orderId: order.orderId,
      orderNumber: order.number,
      customerRef: order.shopper.userId,
      currency: 'EUR',
      amountMinor: order.totalMinor,
      ...change,
    })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setExpirationTime(Math.floor(order.expiresAt.getTime() / 1000))
      .sign(new TextEncoder().encode(secret))

  const start = async (
    order: Order,
    options: { ticket?: string; identity?: Identity; returnPath?: string } = {},
  ) => {
    const answer = await house.query<{ startPayment: Started }>(
      startDocument,
      {
        input: {
          paymentTicket: options.ticket ?? (await ticketFor(order)),
          returnPath: options.returnPath ?? '/en/FR/checkout',
        },
      },
      options.identity ?? order.shopper,
    )
    if (answer.errors) throw new Error(JSON.stringify(answer.errors))
    return answer.data.startPayment
  }

  /** Does all that is due now, on both sides of the wire. */
  const settle = async () => {
    for (let round = 0; round < 3; round++) {
      if (env.STRIPE_SECRET_KEY === undefined) await house.runJob('sandbox')
      await house.runJob('work')
      await house.settle()
    }
  }

  const confirm = async (client: NonNullable<Started['client']>, cardNumber: string, change: object = {}) => {
    const response = await house.request(`/sandbox/intents/${client.reference}/confirm`, {
      method: 'POST',
      body: JSON.stringify({
        clientSecret: client.clientSecret,
        cardNumber,
        expiry: '12/99',
        cvc: '123',
        ...change,
      }),
    })
    return { httpStatus: response.status, ...((await response.json()) as Record<string, string>) }
  }

  /** Asks one mutation with an input; the caller names the shape of the answer. */
  const ask = async <T = Answer>(
    field: string,
    input: object,
    identity: Identity,
    selection = '',
  ): Promise<T> => {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`
    const answer = await house.query<Record<string, T>>(
      `mutation ($input: ${type}!) { ${field}(input: $input) { kind: __typename
         ... on UserError { message ... on InvalidInputError { field } } ${selection} } }`,
      { input },
      identity,
    )
    if (answer.errors) throw new Error(JSON.stringify(answer.errors))
    const result = answer.data[field]
    if (result === undefined) throw new Error(`${field} was not answered`)
    return result
  }

  return {
    ...house,
    prisma,
    ask,
    wire,
    ticketFor,
    start,
    settle,
    confirm,
    /** An order as orders tells it. */
    placeOrder: async (totalMinor = '129500'): Promise<Order> => {
      const order = newOrder(clock.now(), totalMinor)
      await house.publish(orderPlaced, {
        aggregateId: order.orderId,
        payload: { ...payloadOf(order), expiresAt: order.expiresAt.toISOString(), cartId: null },
      })
      return order
    },
    expireOrder: (order: Order) =>
      house.publish(orderExpired, { aggregateId: order.orderId, payload: payloadOf(order) }),
    confirmOrder: (order: Order) =>
      house.publish(orderConfirmed, { aggregateId: order.orderId, payload: payloadOf(order) }),
    fulfilOrder: (order: Order) =>
      house.publish(orderFulfilled, { aggregateId: order.orderId, payload: payloadOf(order) }),
    rejectPayment: (order: Order, transactionId: string) =>
      house.publish(orderPaymentRejected, {
        aggregateId: order.orderId,
        payload: {
          orderId: order.orderId,
          number: order.number,
          transactionId,
          reason: 'The goods are gone.',
        },
      }),
    owe: (order: Order, amountMinor: string, refundRequestId = uuidv7()) =>
      house.publish(orderRefundRequested, {
        aggregateId: order.orderId,
        payload: {
          refundRequestId,
          orderId: order.orderId,
          number: order.number,
          currency: 'EUR',
          amountMinor,
          reason: 'A piece came back.',
        },
      }),
    /** A market as catalog tells it. */
    openMarket: (marketId: string, bankTransferDays: number | null) =>
      house.publish(marketChanged, {
        aggregateId: marketId,
        payload: {
          marketId,
          currency: 'EUR',
          countries: [],
          locales: ['en'],
          pricesIncludeTax: true,
          taxRounding: 'LINE',
          roundingMode: 'HALF_UP',
          reservationMinutes: 15,
          taxRates: [],
          bankTransferDays,
        },
      }),
    recordSale: async (
      registerId: string,
      tenders: { kind: 'CASH' | 'TERMINAL'; amountMinor: string }[],
      options: { eventId?: string; currency?: string; orderId?: string; shopId?: string } = {},
    ) => {
      const total = tenders.reduce((sum, tender) => sum + BigInt(tender.amountMinor), 0n).toString()
      const order = { ...newOrder(clock.now(), total), ...(options.orderId && { orderId: options.orderId }) }
      await house.publish(saleRecorded, {
        aggregateId: order.orderId,
        ...(options.eventId !== undefined && { eventId: options.eventId }),
        payload: {
          ...payloadOf(order),
          currency: options.currency ?? 'EUR',
          channel: 'POS',
          customerRef: null,
          shopId: options.shopId ?? null,
          registerId,
          clerkRef: clerk.userId,
          soldAt: clock.now().toISOString(),
          tenders,
        },
      })
      await house.settle()
      return order
    },
    /** Starts and gives the card, as the payment page does. */
    pay: async (order: Order, cardNumber: string) => {
      const started = await start(order)
      if (!started.client) throw new Error(JSON.stringify(started))
      return { ...(await confirm(started.client, cardNumber)), client: started.client }
    },
    transactionsOf: (order: Order) =>
      prisma.transaction.findMany({
        where: { orderId: order.orderId },
        include: { events: { orderBy: { id: 'asc' } } },
        orderBy: { id: 'asc' },
      }),
    /** What does not hold once there was time for everything. */
    violations: async () => {
      clock.advance(10 * 60_000)
      await settle()
      return await checkInvariants(prisma, clock.now())
    },
    close: async () => {
      await house.close()
      await wire.close()
    },
  }
}

function newOrder(now: Date, totalMinor: string): Order {
  const orderId = uuidv7()
  return {
    orderId,
    number: `FR-${orderId.slice(-6)}`,
    shopper: testIdentity(),
    totalMinor,
    expiresAt: new Date(now.getTime() + 15 * 60_000),
  }
}

function payloadOf(order: Order) {
  return {
    orderId: order.orderId,
    number: order.number,
    customerRef: order.shopper.userId as string | null,
    marketId: 'FR',
    currency: 'EUR',
    channel: 'WEB' as 'WEB' | 'POS',
    shopId: null as string | null,
    locale: 'fr',
    subtotalMinor: order.totalMinor,
    shippingMinor: '0',
    discountMinor: '0',
    taxMinor: '0',
    taxIncluded: true,
    totalMinor: order.totalMinor,
    placedAt: order.expiresAt.toISOString(),
    lines: [],
  }
}
