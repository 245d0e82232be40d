import { useEffect, useRef, type MouseEvent } from 'react'
import { NavLink, useLocation, useRouteLoaderData } from 'react-router'
import { useCartDrawer } from '#app/cart/use-cart-drawer.ts'
import { BagIcon, MenuIcon, PersonIcon, SearchIcon } from '#app/design/icons.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import type { loader as rootLoader } from '#app/root.tsx'
import { SearchSheet } from './search-sheet.tsx'
import { StoreLink } from './store-link.tsx'
import { useStore, useStorePath } from './use-store.ts'
import './store-header.css'

/** Everything in it is a plain link first: the drawer and the sheet only open what the link would show. */
export function StoreHeader() {
  const { t } = useI18n()
  const { bagCount } = useStore()
  const viewer = useRouteLoaderData<typeof rootLoader>('root')?.viewer ?? null
  const cart = useCartDrawer()
  const search = useRef<HTMLDialogElement>(null)
  const accountPath = viewer !== null && !viewer.roles.includes('GUEST') ? '/account' : '/sign-in'

  const openInstead = (open: () => void) => (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    open()
  }

  return (
    <header className="store-header">
      <div className="wrap store-header-bar">
        <MenuDetails accountPath={accountPath} />
        <nav className="store-nav" aria-label={t('a11y.main-navigation')}>
          <CollectionLinks limit={5} />
        </nav>
        <StoreLink className="wordmark" to="">
          Maison
        </StoreLink>
        <div className="store-tools">
          <StoreLink
            className="button-icon"
            to="/search"
            aria-label={t('nav.search')}
            onClick={openInstead(() => search.current?.showModal())}
          >
            <SearchIcon />
          </StoreLink>
          <StoreLink
            className="button-icon store-person"
            to={accountPath}
            aria-label={t(accountPath === '/account' ? 'nav.account' : 'nav.sign-in')}
          >
            <PersonIcon />
          </StoreLink>
          <StoreLink
            className="button-icon store-bag"
            to="/cart"
            aria-label={t('nav.bag-count', { count: bagCount })}
            onClick={openInstead(cart.open)}
          >
            <BagIcon />
            {bagCount === 0 ? null : (
              <span className="store-bag-count number" aria-hidden="true">
                {bagCount}
              </span>
            )}
          </StoreLink>
        </div>
      </div>
      <SearchSheet dialog={search} />
    </header>
  )
}

function CollectionLinks({ limit }: { limit?: number }) {
  const { collections } = useStore()
  const path = useStorePath()
  return collections.slice(0, limit).map((collection) => (
    <NavLink key={collection.id} to={path(`/collections/${collection.slug}`)} prefetch="intent">
      {collection.name}
    </NavLink>
  ))
}

/** The menu of narrow screens. A `details`: it opens without a script; with one it closes when a page is chosen. */
function MenuDetails({ accountPath }: { accountPath: string }) {
  const { t } = useI18n()
  const details = useRef<HTMLDetailsElement>(null)
  const { key } = useLocation()
  useEffect(() => {
    if (details.current !== null) details.current.open = false
  }, [key])
  return (
    <details className="store-menu" ref={details}>
      <summary className="button-icon" aria-label={t('nav.menu')}>
        <MenuIcon />
      </summary>
      <nav className="store-menu-panel" aria-label={t('nav.menu')}>
        <CollectionLinks />
        <StoreLink className="store-menu-account" to={accountPath}>
          {t(accountPath === '/account' ? 'nav.account' : 'nav.sign-in')}
        </StoreLink>
      </nav>
    </details>
  )
}
