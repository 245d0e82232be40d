// Every query that the web app may send, with variables that fit.
import { readFileSync } from 'node:fs'
import { demoShops, demoWarehouses } from '#embedded/demo/shops.ts'

/** What a person has that only this person, and staff, may see. */
export interface Belongings {
  cartId: string
  orderId: string
  orderNumber: string
}

/** What everybody may see. */
export interface Goods {
  slugs: readonly string[]
  skus: readonly string[]
  collections: readonly string[]
}

export interface RegisteredQuery {
  name: string
  hash: string
  /** `whose` may be another person's than who asks. */
  variables(whose: Belongings, goods: Goods, pick: <T>(from: readonly T[]) => T): Record<string, unknown>
}

const market = 'FR'
const locale = 'en'
const [{ registers }] = demoShops
const register = registers[0].id
const today = new Date().toISOString().slice(0, 10)
/** Nobody has made one of anything. */
const nobodys = '0190a000-0000-7000-8000-0000000000ff'

const order = ({ orderId }: Belongings) => ({ id: orderId })
const orderNumber = ({ orderNumber: number }: Belongings) => ({ number })
const nothing = () => ({})
/** Of a promotion that is only looked at. */
const promotion = {
  names: [{ locale, text: 'Summer' }],
  scope: 'CATALOG',
  actions: [{ percentage: { ppm: 150_000 } }],
  startsAt: `${today}T00:00:00.000Z`,
  idempotencyKey: nobodys,
}

const variablesOf: Record<string, RegisteredQuery['variables']> = {
  AccountPage: nothing,
  AnonymousCartCount: ({ cartId }) => ({ id: cartId }),
  Books: nothing,
  Boutiques: nothing,
  CartPage: ({ cartId }) => ({ id: cartId, locale }),
  CashPage: () => ({ register }),
  CheckoutPage: () => ({ market }),
  CollectionPage: (_, { collections }, pick) => ({ slug: pick(collections), locale, market }),
  ConfirmationPage: order,
  Countries: () => ({ market }),
  EventLog: nothing,
  FailedPayments: nothing,
  FindOrder: orderNumber,
  FindReceipt: orderNumber,
  GuestEmail: nothing,
  HomePage: () => ({ locale, market }),
  ImportPage: () => ({ id: nobodys }),
  Imports: nothing,
  MyDeliveries: nothing,
  OrderPage: order,
  OwnCart: nothing,
  OwnCartCount: nothing,
  PayPage: order,
  PaymentDesk: order,
  PaymentCases: nothing,
  PaymentProviderName: nothing,
  PreviewPromotion: (_, { slugs }, pick) => ({ input: promotion, market, product: pick(slugs) }),
  ProductPage: (_, { slugs }, pick) => ({ slug: pick(slugs), locale, market }),
  PromotionBefore: (_, { skus }, pick) => ({
    ...{ id: nobodys, isKnown: pick([true, false]) },
    ...{ sku: pick(skus), hasGift: pick([true, false]) },
  }),
  PromotionDesk: () => ({ id: nobodys, isKnown: true }),
  Promotions: nothing,
  ReceiptPage: order,
  SalesReport: () => ({ from: today, to: today }),
  SearchPage: (_, __, pick) => ({ query: pick(['bag', 'wool', 'gold']), locale, market }),
  SearchSuggestions: (_, __, pick) => ({ query: pick(['ba', 'wo', 'go']), locale, market }),
  SitemapPage: nothing,
  StaffPerson: nothing,
  StockInBoutiques: ({ cartId }) => ({ id: cartId, market }),
  StockLevel: () => ({ variant: nobodys, warehouse: demoWarehouses[0].id }),
  StockLevels: (_, { skus }, pick) => ({ sku: pick(skus) }),
  StockTransfers: nothing,
  StoreLayout: () => ({ market, locale }),
  SupportOrder: order,
  SupportOrders: nothing,
  TillCode: (_, { skus }, pick) => ({ code: pick(skus), market }),
  TillList: (_, { collections }, pick) => ({
    ...{ market, query: 'bag', collection: pick(collections) },
    ...{ isSearch: pick([true, false]), isCollection: pick([true, false]), isAll: pick([true, false]) },
  }),
  TillPage: () => ({ register }),
  TillShops: nothing,
  TillVariants: (_, { slugs }, pick) => ({ slug: pick(slugs), market }),
  Vouchers: () => ({ promotionId: nobodys }),
}

/** Those whose answers are the same for everybody, and may be kept; no others may. */
export const publicQueries: ReadonlySet<string> = new Set([
  'CollectionPage',
  'Countries',
  'HomePage',
  'ProductPage',
  'SearchPage',
  'SearchSuggestions',
  'SitemapPage',
  'StoreLayout',
  'TillList',
  'TillVariants',
])

/** All of them; throws when one is missing above. */
export function readRegisteredQueries(): RegisteredQuery[] {
  const file = new URL('../web/generated/persisted-documents.json', import.meta.url)
  const documents = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  return Object.entries(documents).flatMap(([hash, text]) => {
    const name = /^\s*query (\w+)/.exec(text)?.[1]
    if (name === undefined) return []
    const variables = variablesOf[name]
    if (!variables) throw new Error(`${name} is registered, and there are no variables for it here`)
    return [{ name, hash, variables }]
  })
}
