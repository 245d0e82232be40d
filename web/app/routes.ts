import { index, route, type RouteConfig } from '@react-router/dev/routes'

// Pages that people type or that mails link to without a language: they lead to the visitor's own.
const withoutPlace = [
  'sign-in',
  'sign-up',
  'verify',
  'cart',
  'checkout',
  'account',
  'search',
  'products/:slug',
  'collections/:slug',
]

export default [
  index('routes/to-place.ts', { id: 'to-home' }),
  ...withoutPlace.map((path) => route(path, 'routes/to-place.ts', { id: `to-${path}` })),
  route('sign-out', 'routes/sign-out.ts'),
  route('robots.txt', 'routes/robots.ts'),
  route('sitemap.xml', 'routes/sitemap.ts'),

  // The staff's areas, in English, one folder each.
  route('pos', 'routes/pos/layout.tsx', [
    index('routes/pos/registers.tsx'),
    route(':register', 'routes/pos/till.tsx'),
    route(':register/cash', 'routes/pos/cash.tsx'),
    route(':register/receipts', 'routes/pos/receipts.tsx'),
    route(':register/receipts/:order', 'routes/pos/receipt.tsx'),
  ]),
  route('pos/:register/code', 'routes/pos/code.ts'),
  route('pos/:register/variants', 'routes/pos/variants.ts'),
  route('pos/:register/sell', 'routes/pos/sell.ts'),
  route('insights', 'routes/insights/layout.tsx', [index('routes/insights/sales.tsx')]),
  route('insights/sales.csv', 'routes/insights/sales-csv.ts'),
  route('support', 'routes/support/layout.tsx', [
    index('routes/support/failed-payments.tsx'),
    route('cases', 'routes/support/payment-cases.tsx'),
    route('books', 'routes/support/books.tsx'),
    route('payments/:payment', 'routes/support/move-money.tsx'),
    route('orders', 'routes/support/orders.tsx'),
    route('orders/:order', 'routes/support/order.tsx'),
    route('events', 'routes/support/events.tsx'),
  ]),
  route('support/orders.csv', 'routes/support/orders-csv.ts'),
  route('courier', 'routes/courier/layout.tsx', [index('routes/courier/deliveries.tsx')]),
  route('merchandise', 'routes/merchandise/layout.tsx', [
    index('routes/merchandise/imports.tsx'),
    route('imports/:job', 'routes/merchandise/import.tsx'),
    route('promotions', 'routes/merchandise/promotions.tsx'),
    route('promotions/:promotion', 'routes/merchandise/promotion.tsx'),
    route('promotions/:promotion/vouchers', 'routes/merchandise/vouchers.tsx'),
  ]),
  route('stock', 'routes/stock/layout.tsx', [
    index('routes/stock/levels.tsx'),
    route('transfers', 'routes/stock/transfers.tsx'),
    route(':variant/:warehouse', 'routes/stock/level.tsx'),
  ]),

  // The store.
  route(':locale/:market', 'routes/store/layout.tsx', [
    index('routes/store/home.tsx'),
    route('collections/:slug', 'routes/store/collection.tsx'),
    route('products/:slug', 'routes/store/product.tsx'),
    route('search', 'routes/store/search.tsx'),
    route('search/suggestions', 'routes/store/search-suggestions.ts'),
    route('cart', 'routes/store/cart.tsx'),
    route('checkout', 'routes/checkout/checkout.tsx'),
    route('orders/:id/pay', 'routes/checkout/pay.tsx'),
    route('orders/:id/payment', 'routes/checkout/begin-payment.ts'),
    route('orders/:id/pay-otherwise', 'routes/checkout/pay-otherwise.ts'),
    route('orders/:id/confirmation', 'routes/checkout/confirmation.tsx'),
    route('account', 'routes/account/orders.tsx'),
    route('account/orders/:id', 'routes/account/order.tsx'),
    route('sign-in', 'routes/account/sign-in.tsx'),
    route('sign-up', 'routes/account/sign-up.tsx'),
    route('verify', 'routes/account/verify.tsx'),
    route('*', 'routes/missing.ts', { id: 'missing-in-store' }),
  ]),
  route('*', 'routes/missing.ts'),
] satisfies RouteConfig
