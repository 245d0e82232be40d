import { data, redirect } from 'react-router'
import { CartLines } from '#app/cart/cart-lines.tsx'
import { CartDelivery } from '#app/cart/cart-delivery.tsx'
import { changeOffers } from '#app/cart/cart-offers.server.ts'
import { CartTotals } from '#app/cart/cart-totals.tsx'
import { CartVouchers } from '#app/cart/cart-vouchers.tsx'
import { addToCart, updateCartLine, type CartChange } from '#app/cart/change-cart.server.ts'
import { loadCart } from '#app/cart/load-cart.server.ts'
import { Notice } from '#app/design/notice.tsx'
import { isUuid } from '#app/forms/is-uuid.ts'
import { readText } from '#app/forms/read-text.ts'
import { readForm } from '#app/forms/read-form.server.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { getSession } from '#app/session/session.server.ts'
import { pageMeta } from '#app/store/page-meta.ts'
import { placeOf } from '#app/store/place.server.ts'
import { StoreLink } from '#app/store/store-link.tsx'
import { useStore } from '#app/store/use-store.ts'
import { toolsFor } from '#app/i18n/use-i18n.ts'
import type { Route } from './+types/cart'
import './cart.css'

export const meta: Route.MetaFunction = ({ params }) =>
  pageMeta(undefined, { title: `${toolsFor(params.locale, params.market).t('cart.title')} · Maison` })

export async function loader({ params, context, request }: Route.LoaderArgs) {
  return { cart: await loadCart(context, placeOf(params, request)) }
}

export async function action({ params, context, request }: Route.ActionArgs) {
  const place = placeOf(params)
  const form = await readForm(request)
  if (changeOffers(getSession(context).cookies, form)) return redirect(`${place.base}/cart`)
  const quantity = Number(form.get('quantity') ?? 1)
  const id = readText(form, form.has('variantId') ? 'variantId' : 'lineId')
  if (!isUuid(id) || !Number.isInteger(quantity) || quantity < 0 || quantity > 99)
    return data({ change: 'refused' as const }, { status: 400 })
  let change: CartChange
  if (form.get('intent') === 'add') {
    const idempotencyKey = readText(form, 'idempotencyKey')
    if (!isUuid(idempotencyKey)) return data({ change: 'refused' as const }, { status: 400 })
    change = await addToCart(context, place, { variantId: id, quantity, idempotencyKey })
  } else {
    change = await updateCartLine(context, { lineId: id, quantity })
  }
  // A page with a script stays where it is and opens the drawer; without one the bag is the next page.
  if (change === 'changed' && !form.has('stay')) return redirect(`${place.base}/cart`)
  return data({ change }, { status: change === 'changed' ? 200 : 409 })
}

export default function CartPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useI18n()
  const { market } = useStore()
  const { cart } = loaderData
  if (cart === null || cart.lines.length === 0 || cart.quote === null) {
    return (
      <div className="wrap">
        <div className="empty">
          <h1>{t('cart.empty-title')}</h1>
          <p>{t('cart.empty-text')}</p>
          <StoreLink className="button button-primary" to="">
            {t('cart.empty-action')}
          </StoreLink>
        </div>
      </div>
    )
  }
  const canBuy = cart.quote.problems.length === 0
  return (
    <div className="wrap cart-page">
      <header className="page-head">
        <h1>{t('cart.title')}</h1>
      </header>
      {actionData?.change === 'refused' || actionData?.change === 'full' ? (
        <Notice tone="bad">{t(actionData.change === 'full' ? 'product.full' : 'cart.not-changed')}</Notice>
      ) : null}
      <div className="cart-columns">
        <CartLines cart={cart} />
        <aside
          className="cart-summary stack"
          aria-label={t('cart.total')}
          style={{ '--gap': 'var(--space-5)' }}
        >
          <CartTotals quote={cart.quote} />
          <CartDelivery quote={cart.quote} />
          <CartVouchers quote={cart.quote} />
          {canBuy ? (
            <StoreLink className="button button-primary button-wide" to="/checkout">
              {t('cart.checkout')}
            </StoreLink>
          ) : (
            <button type="button" className="button button-primary button-wide" disabled>
              {t('cart.checkout')}
            </button>
          )}
          <p className="soft small">{t('cart.total-at-delivery', { country: market.name })}</p>
        </aside>
      </div>
    </div>
  )
}
