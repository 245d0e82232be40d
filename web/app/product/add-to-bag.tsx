import { useEffect, useRef } from 'react'
import { useFetcher } from 'react-router'
import { useCartDrawer } from '#app/cart/use-cart-drawer.ts'
import { Button } from '#app/design/button.tsx'
import { Notice } from '#app/design/notice.tsx'
import { StayHere } from '#app/forms/stay-here.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import type { action } from '#app/routes/store/cart.tsx'
import { useStorePath } from '#app/store/use-store.ts'

interface AddToBagProps {
  variantId: string
  /** Made with the page: pressing twice adds once; the next page data brings the next key. */
  idempotencyKey: string
}

export function AddToBag({ variantId, idempotencyKey }: AddToBagProps) {
  const { t } = useI18n()
  const path = useStorePath()
  const cart = useCartDrawer()
  const fetcher = useFetcher<typeof action>()
  const outcome = fetcher.state === 'idle' ? fetcher.data : undefined

  // Once per answer: the drawer shows what is in the bag now.
  const shown = useRef<typeof outcome>(undefined)
  useEffect(() => {
    if (outcome === shown.current) return
    shown.current = outcome
    if (outcome?.change === 'changed') cart.open()
  }, [outcome, cart])

  const isPending = fetcher.state !== 'idle'
  return (
    <fetcher.Form method="post" action={path('/cart')} className="stack">
      <input type="hidden" name="intent" value="add" />
      <input type="hidden" name="variantId" value={variantId} />
      <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
      <StayHere />
      <Button kind="primary" wide pending={isPending}>
        {t(isPending ? 'product.adding' : 'product.add')}
      </Button>
      {outcome === undefined || outcome.change === 'changed' ? null : (
        <Notice tone="bad">{t(outcome.change === 'full' ? 'product.full' : 'cart.not-changed')}</Notice>
      )}
    </fetcher.Form>
  )
}
