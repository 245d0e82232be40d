import type { Resolvers } from '#platform/graphql/build-schema.ts'
import { parsePage, toConnection } from '#platform/graphql/connection.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import type { Shop } from '../data/generated/client.ts'
import { isSoldIn } from '../domain/pricing/sellable.ts'
import { isMarketCode } from './market-code.ts'
import { adjustStock } from './mutations/adjust-stock.ts'
import { cancelOrder } from './mutations/cancel-order.ts'
import { checkOrders } from './mutations/check-orders.ts'
import { approveReturn, rejectReturn } from './mutations/decide-return.ts'
import { placeOrder } from './mutations/place-order.ts'
import { receiveReturn } from './mutations/receive-return.ts'
import { recordSale } from './mutations/record-sale.ts'
import { renewPaymentTicket } from './mutations/renew-payment-ticket.ts'
import { requestReturn } from './mutations/request-return.ts'
import { cancelTransfer } from './mutations/cancel-transfer.ts'
import { receiveStock } from './mutations/receive-stock.ts'
import { receiveTransfer } from './mutations/receive-transfer.ts'
import { sendTransfer } from './mutations/send-transfer.ts'
import { setStockMarks } from './mutations/set-stock-marks.ts'
import { updateDelivery } from './mutations/update-delivery.ts'
import { deliveryFields, orderFields, orderLineFields, referencedOrderFields } from './order-fields.ts'
import { idCursor, type PageArgs } from './page-args.ts'
import { createQueries } from './queries.ts'
import { exportRowFields } from './queries/export-orders.ts'
import { returnFields, returnLineFields } from './return-fields.ts'
import { createVouchers } from './mutations/create-vouchers.ts'
import { saveShippingMethod } from './mutations/save-shipping-method.ts'
import { saveVoucher } from './mutations/save-voucher.ts'
import { priceFields } from './price-fields.ts'
import { type QuoteArgs, quoteCart } from './quote-cart.ts'
import type { Ctx, Services } from './services.ts'
import { stockFields } from './stock-fields.ts'
import { createStockQueries } from './stock-queries.ts'

interface Reference {
  id: string
}

/** Above this nobody is told how many are left. */
const mostTold = 10
const fewLeft = 3

export function createResolvers(services: Services): Resolvers {
  const { clock } = services
  return {
    Query: { ...createQueries(services), ...createStockQueries(services) },
    Mutation: {
      placeOrder: placeOrder(services),
      cancelOrder: cancelOrder(services),
      renewPaymentTicket: renewPaymentTicket(services),
      recordSale: recordSale(services),
      saveVoucher: saveVoucher(services),
      createVouchers: createVouchers(services),
      saveShippingMethod: saveShippingMethod(services),
      updateDelivery: updateDelivery(services),
      requestReturn: requestReturn(services),
      approveReturn: approveReturn(services),
      rejectReturn: rejectReturn(services),
      receiveReturn: receiveReturn(services),
      checkOrders: checkOrders(services),
      adjustStock: adjustStock(services),
      receiveStock: receiveStock(services),
      sendTransfer: sendTransfer(services),
      receiveTransfer: receiveTransfer(services),
      cancelTransfer: cancelTransfer(services),
      setStockMarks: setStockMarks(services),
    },
    Order: { __resolveReference: byId('order'), ...orderFields },
    OrderLine: orderLineFields,
    ReferencedOrder: referencedOrderFields,
    OrderExportRow: exportRowFields,
    Return: returnFields,
    ReturnLine: returnLineFields,
    Delivery: { __resolveReference: byId('delivery'), ...deliveryFields },
    Shop: {
      __resolveReference: byId('shop'),
      market: (shop: Shop) => ({ id: shop.marketId }),
      registers: (shop: Shop, _: unknown, { loaders }: Ctx) => loaders.registersOf.load(shop.id),
    },
    ...stockFields,
    Register: { __resolveReference: byId('register') },
    User: {
      orders: async (user: Reference, args: PageArgs, { loaders }: Ctx) => {
        const page = parsePage(args, { cursorParts: 1 })
        const after = idCursor(page.after)
        const rows = isUuid(user.id)
          ? await loaders.ordersOf.load({ customerRef: user.id.toLowerCase(), limit: page.limit, after })
          : []
        return toConnection(rows, page.limit, (order) => [order.id])
      },
    },
    ProductVariant: {
      availability: async (variant: Reference, args: { market: string }, { loaders }: Ctx) => {
        const available = await availableIn(variant.id, args.market, loaders, clock.now())
        return {
          inStock: available > 0,
          quantity: Math.min(available, mostTold),
          isLow: available > 0 && available <= fewLeft,
        }
      },
      availabilityInShops: async (variant: Reference, args: { market: string }, { loaders }: Ctx) => {
        if (!isUuid(variant.id) || !isMarketCode(args.market)) return []
        const variantId = variant.id.toLowerCase()
        const [isSold, shops] = await Promise.all([
          isSoldNow({ variantId, marketId: args.market }, loaders, clock.now()),
          loaders.availabilityInShops.load({ variantId, marketId: args.market }),
        ])
        return shops.map(({ shopId, available }) => ({
          shop: loaders.shop.load(shopId),
          available: isSold ? available : 0,
        }))
      },
    },
    ShopAvailability: {
      inStock: (there: { available: number }) => there.available > 0,
      quantity: (there: { available: number }) => Math.min(there.available, mostTold),
    },
    Cart: {
      quote: (cart: Reference, args: QuoteArgs, { loaders, identity }: Ctx) =>
        quoteCart(cart, args, {
          loaders,
          prisma: services.database.prisma,
          customerRef: identity?.userId ?? null,
          now: clock.now(),
        }),
    },
    ...priceFields,
    ...Object.fromEntries(
      [
        ...['PlaceOrder', 'CancelOrder', 'RenewPaymentTicket', 'RecordSale', 'UpdateDelivery'],
        ...['RequestReturn', 'ApproveReturn', 'RejectReturn', 'ReceiveReturn'],
        ...[
          'AdjustStock',
          'ReceiveStock',
          'SendTransfer',
          'ReceiveTransfer',
          'CancelTransfer',
          'SetStockMarks',
        ],
        ...['SaveVoucher', 'CreateVouchers', 'SaveShippingMethod'],
      ].map((verb) => [`${verb}Result`, { __resolveType: (result: { kind: string }) => result.kind }]),
    ),
  }
}

/** The entity of a reference from another subgraph; null for an id nothing has. */
function byId(loader: 'order' | 'delivery' | 'shop' | 'register') {
  return ({ id }: Reference, { loaders }: Ctx) => (isUuid(id) ? loaders[loader].load(id.toLowerCase()) : null)
}

async function availableIn(
  variantId: string,
  marketId: string,
  loaders: Ctx['loaders'],
  now: Date,
): Promise<number> {
  if (!isUuid(variantId) || !isMarketCode(marketId)) return 0
  const asked = { variantId: variantId.toLowerCase(), marketId }
  const [isSold, available] = await Promise.all([
    isSoldNow(asked, loaders, now),
    loaders.availability.load(asked),
  ])
  return isSold ? available : 0
}

async function isSoldNow(
  { variantId, marketId }: { variantId: string; marketId: string },
  loaders: Ctx['loaders'],
  now: Date,
): Promise<boolean> {
  const [market, sellable] = await Promise.all([
    loaders.market.load(marketId),
    loaders.sellable.load(variantId),
  ])
  return market !== null && sellable !== null && isSoldIn(sellable, market, now)
}
