import { marketChanged, productChanged } from '#contracts/catalog.ts'
import { paymentAuthorized, paymentCharged } from '#contracts/payments.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { startTestSubgraph } from '#platform/testing/start-test-subgraph.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { readOrdersConfig } from '../config.ts'
import { createOrders } from '../service.ts'
import type { PrismaClient } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { checkInvariants } from '../usecases/check-invariants.ts'
import { openShop } from '../usecases/open-shop.ts'
import { openWarehouse } from '../usecases/open-warehouse.ts'
import { receiveStock } from '../usecases/receive-stock.ts'
import { saveShippingMethod, type ShippingTerms } from '../usecases/save-shipping-method.ts'

export const ticketSecret = 'a-secret-of-32-characters-or-more'
export const courier = testIdentity({ roles: ['COURIER'] })
export const support = testIdentity({ roles: ['SUPPORT'] })

export const shopId = uuidv7()
export const registerId = uuidv7()

const anyParcel = { countries: [], maxWeightGrams: null, maxSubtotalMinor: null }
const standard = {
  code: 'standard',
  kind: 'COURIER',
  names: { en: 'Courier', fr: 'Coursier' },
  descriptions: {},
  position: 1,
  isActive: true,
} as const

/** By courier: EUR 15 in FR and free from EUR 500 on, USD 20 in the US. */
const deliveries: ShippingTerms[] = [
  {
    ...standard,
    marketId: 'FR',
    rates: [
      { ...anyParcel, minSubtotalMinor: 50_000n, amountMinor: 0n },
      { ...anyParcel, amountMinor: 1500n },
    ],
  },
  { ...standard, marketId: 'US', rates: [{ ...anyParcel, amountMinor: 2000n }] },
]

export type House = Awaited<ReturnType<typeof openHouse>>

export const placeOrderDocument = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    kind: __typename
    ... on UserError { message }
    ... on PlaceOrderSuccess { paymentTicket order { id number status chargeStatus total { minorUnits } expiresAt } }
    ... on OutOfStockError { lines { variant { id } available } }
    ... on PriceChangedError { expected { minorUnits } actual { minorUnits amount currency } }
    ... on NotSoldHereError { variants { id } }
    ... on VoucherRefusedError { code reason }
    ... on InvalidInputError { field }
  }
}`

export interface PlaceOrderAnswer {
  kind: string
  field?: string
  message?: string
  paymentTicket?: string
  order?: { id: string; number: string; status: string; expiresAt: string; total: { minorUnits: string } }
  lines?: { variant: { id: string }; available: number }[]
  variants?: { id: string }[]
  actual?: { minorUnits: string; amount: string; currency: string }
  reason?: string
}

/** Another process of orders on the same database. */
export function openSecondProcess(house: House) {
  return startTestSubgraph({ ...orders, databaseUrl: house.databaseUrl })
}

const orders = {
  name: 'orders',
  readConfig: readOrdersConfig,
  create: createOrders,
  env: { PAYMENT_TICKET_SECRET: ticketSecret, DEFAULT_COURIER_REF: courier.userId },
}

/** The orders subgraph with two markets, a warehouse for both, one for FR only, and a boutique in Paris. */
export async function openHouse() {
  const house = await startTestSubgraph(orders)
  const { database, clock } = house
  const prisma = database.prisma as PrismaClient
  const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.transact(work)
  const market = {
    taxRounding: 'LINE',
    roundingMode: 'HALF_UP',
    reservationMinutes: 15,
    bankTransferDays: null,
  } as const
  await house.publish(marketChanged, {
    aggregateId: 'FR',
    payload: {
      ...market,
      marketId: 'FR',
      currency: 'EUR',
      countries: ['FR', 'BE'],
      locales: ['fr', 'en'],
      pricesIncludeTax: true,
      taxRates: ['FR', 'BE'].map((country) => ({
        country,
        taxCategory: 'standard',
        ratePpm: 200_000,
        validFrom: '2014-01-01T00:00:00.000Z',
      })),
    },
  })
  await house.publish(marketChanged, {
    aggregateId: 'US',
    payload: {
      ...market,
      marketId: 'US',
      currency: 'USD',
      countries: ['US'],
      locales: ['en'],
      pricesIncludeTax: false,
      taxRates: [
        {
          country: 'US',
          taxCategory: 'standard',
          ratePpm: 88_750,
          validFrom: '2014-01-01T00:00:00.000Z',
        },
      ],
    },
  })
  await inTx(async (tx) => {
    for (const method of deliveries) await saveShippingMethod(tx, method)
    await openShop(tx, {
      id: shopId,
      code: 'PAR-01',
      name: 'Maison Paris',
      marketId: 'FR',
      country: 'FR',
      timezone: 'Europe/Paris',
      registers: [{ id: registerId, code: 'PAR-01-1' }],
    })
    await openWarehouse(tx, { code: 'PAR-DC', priority: 1, markets: ['FR', 'US'] })
    await openWarehouse(tx, { code: 'LYO-DC', priority: 2, markets: ['FR'] })
    await openWarehouse(tx, { code: 'PAR-01', shopId, priority: 9, markets: [] })
  })

  /** A new variant at EUR 120 and USD 100, with pieces by warehouse. */
  async function sell(
    stock: Record<string, number> = {},
    { isSerialized = false }: { isSerialized?: boolean } = {},
  ): Promise<string> {
    const variantId = uuidv7()
    const validFrom = '2020-01-01T00:00:00.000Z'
    const common = { compareAtMinor: null, validFrom, validTo: null }
    const productId = uuidv7()
    await house.publish(productChanged, {
      aggregateId: productId,
      payload: {
        productId,
        slug: 'bag',
        status: 'ACTIVE',
        names: { en: 'Bag', fr: 'Sac' },
        category: 'bags',
        taxCategory: 'standard',
        collectionIds: [],
        variants: [
          {
            variantId,
            sku: `SKU-${variantId.slice(-6)}`,
            barcode: null,
            optionsLabels: { en: 'Black', fr: 'Noir' },
            imageUrl: null,
            weightGrams: 900,
            isSerialized,
            prices: [
              { ...common, marketId: 'FR', currency: 'EUR', amountMinor: '12000' },
              { ...common, marketId: 'US', currency: 'USD', amountMinor: '10000' },
            ],
          },
        ],
      },
    })
    for (const [warehouseCode, quantity] of Object.entries(stock))
      await receive(warehouseCode, variantId, quantity)
    return variantId
  }

  async function receive(warehouseCode: string, variantId: string, quantity: number): Promise<void> {
    await inTx((tx) =>
      receiveStock(tx, { warehouseCode, lines: [{ variantId, quantity }], reference: null }, clock.now()),
    )
  }

  /** Input that is right for so many pieces of one variant in FR; `over` replaces parts of it. */
  function orderOf(variantId: string, quantity = 1, over: Record<string, unknown> = {}) {
    const subtotal = 12_000 * quantity
    return {
      market: 'FR',
      lines: [{ variantId, quantity }],
      shippingAddress: {
        name: 'Camille',
        lines: ['1 rue X'],
        city: 'Paris',
        postalCode: '75001',
        country: 'FR',
      },
      expectedTotal: String(subtotal + (subtotal >= 50_000 ? 0 : 1500)),
      locale: 'fr',
      idempotencyKey: uuidv7(),
      ...over,
    }
  }

  async function place(input: unknown, identity = testIdentity()): Promise<PlaceOrderAnswer> {
    const response = await house.query<{ placeOrder: PlaceOrderAnswer }>(
      placeOrderDocument,
      { input },
      identity,
    )
    if (response.errors) throw new Error(JSON.stringify(response.errors))
    return response.data.placeOrder
  }

  async function placed(input: unknown, identity = testIdentity()) {
    const { order } = await place(input, identity)
    if (!order) throw new Error('It was not placed')
    return order
  }

  /** What payments tells when money was taken. */
  function charge(
    order: { id: string; number: string; total: { minorUnits: string } },
    over = {},
    told: {
      eventId?: string
      sequence?: number
      event?: typeof paymentAuthorized | typeof paymentCharged
    } = {},
  ) {
    const { event = paymentCharged, ...envelope } = told
    const transactionId = uuidv7()
    const amountMinor = order.total.minorUnits
    return house.publish(event, {
      aggregateId: transactionId,
      ...envelope,
      payload: {
        transactionId,
        orderId: order.id,
        orderNumber: order.number,
        kind: 'ONLINE',
        provider: 'sandbox',
        pspReference: null,
        currency: 'EUR',
        amountMinor,
        chargedMinor: amountMinor,
        refundedMinor: '0',
        ...over,
      },
    })
  }

  /** What payments tells when the bank allows money that the house takes later. */
  async function authorize(order: Parameters<typeof charge>[0], over = {}, envelope = {}) {
    const sums = { authorizedMinor: order.total.minorUnits, chargedMinor: '0' }
    return charge(order, { ...sums, ...over }, { event: paymentAuthorized, ...envelope })
  }

  return {
    ...house,
    prisma,
    inTx,
    sell,
    receive,
    orderOf,
    place,
    placed,
    charge,
    authorize,
    order: (id: string) => prisma.order.findUniqueOrThrow({ where: { id } }),
    level: async (variantId: string) => {
      const { _sum } = await prisma.stockLevel.aggregate({
        where: { variantId },
        _sum: { onHand: true, reserved: true, committed: true },
      })
      return _sum
    },
    violations: () => inTx((tx) => checkInvariants(tx, clock.now())),
  }
}
