import { useEffect } from 'react'
import { useFetcher } from 'react-router'
import { Drawer } from '#app/design/drawer.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import type { loader } from '#app/routes/store/cart.tsx'
import { StoreLink } from '#app/store/store-link.tsx'
import { useStorePath } from '#app/store/use-store.ts'
import { CartLines } from './cart-lines.tsx'
import { CartTotals } from './cart-totals.tsx'

interface CartDrawerProps {
  isOpen: boolean
  onClose(): void
}

/** The bag beside the page. It reads the bag's own page, so that both can never differ. */
export function CartDrawer({ isOpen, onClose }: CartDrawerProps) {
  const { t } = useI18n()
  const path = useStorePath()
  const fetcher = useFetcher<typeof loader>({ key: 'cart-drawer' })
  const { load } = fetcher
  const address = path('/cart')
  useEffect(() => {
    if (isOpen) void load(address)
  }, [isOpen, load, address])

  const cart = fetcher.data?.cart ?? null
  const isEmpty = cart === null || cart.lines.length === 0
  return (
    <Drawer
      isOpen={isOpen}
      onClose={onClose}
      title={t('cart.title')}
      closeLabel={t('a11y.close')}
      foot={
        isEmpty || cart.quote === null ? undefined : (
          <>
            <CartTotals quote={cart.quote} />
            <StoreLink className="button button-primary button-wide" to="/checkout">
              {t('cart.checkout')}
            </StoreLink>
            <StoreLink className="button button-text" to="/cart">
              {t('cart.view')}
            </StoreLink>
          </>
        )
      }
    >
      {fetcher.data === undefined ? (
        <div className="stitch" aria-busy="true" />
      ) : isEmpty ? (
        <div className="stack">
          <p className="soft">{t('cart.empty-title')}</p>
          <button type="button" className="button" onClick={onClose}>
            {t('confirmation.go-on')}
          </button>
        </div>
      ) : (
        <CartLines cart={cart} />
      )}
    </Drawer>
  )
}
