import { useState } from 'react'
import { data, Outlet, useLocation } from 'react-router'
import { findCartCount } from '#app/cart/find-cart-count.server.ts'
import { CartDrawer } from '#app/cart/cart-drawer.tsx'
import { CartDrawerContext } from '#app/cart/use-cart-drawer.ts'
import { ErrorPage } from '#app/design/error-page.tsx'
import { keepPage } from '#app/forms/keep-page.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { getSession } from '#app/session/session.server.ts'
import { placeOf } from '#app/store/place.server.ts'
import { StoreFooter } from '#app/store/store-footer.tsx'
import { StoreHeader } from '#app/store/store-header.tsx'
import { graphql } from '#generated/gql.ts'
import type { Route } from './+types/layout'

const StoreLayout = graphql(`
  query StoreLayout($market: ID!, $locale: String!) {
    market(id: $market) {
      id
      name(locale: $locale)
      currency
      countries
      locales
      pricesIncludeTax
      reservationMinutes
    }
    markets {
      id
      name(locale: $locale)
      currency
      locales
    }
    collections {
      id
      slug
      name(locale: $locale)
    }
  }
`)

export async function loader({ params, context, request }: Route.LoaderArgs) {
  const place = placeOf(params, request)
  const [store, bagCount] = await Promise.all([
    execute(context, StoreLayout, { market: place.market, locale: place.locale }),
    findCartCount(context),
  ])
  if (store.market === null) throw data(null, { status: 404 })
  rememberPlace(getSession(context).cookies, `${place.locale}/${place.market}`)
  return {
    ...store,
    market: store.market,
    locale: place.locale,
    bagCount,
    origin: new URL(request.url).origin,
  }
}

export const shouldRevalidate = keepPage

function rememberPlace(cookies: ReturnType<typeof getSession>['cookies'], place: string): void {
  if (cookies.get('maison_place') !== place) cookies.set('maison_place', place, 365 * 86_400)
}

export default function StoreLayoutPage() {
  const { t } = useI18n()
  const { key } = useLocation()
  // The drawer belongs to the page it was opened on: going elsewhere closes it.
  const [openedAt, setOpenedAt] = useState<string | null>(null)
  const close = () => setOpenedAt(null)
  return (
    <CartDrawerContext value={{ open: () => setOpenedAt(key), close }}>
      <a className="skip-link" href="#main">
        {t('a11y.skip')}
      </a>
      <StoreHeader />
      <main id="main">
        <Outlet />
      </main>
      <StoreFooter />
      <CartDrawer isOpen={openedAt === key} onClose={close} />
    </CartDrawerContext>
  )
}

export function ErrorBoundary() {
  return (
    <main id="main">
      <title>Maison</title>
      <ErrorPage />
    </main>
  )
}
