import { useFetcher } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { Picture } from '#app/design/picture.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { StayHere } from '#app/forms/stay-here.tsx'
import { StoreLink } from '#app/store/store-link.tsx'
import { useStorePath } from '#app/store/use-store.ts'
import type { CartFieldsFragment } from '#generated/graphql.ts'
import './cart-lines.css'

type Line = CartFieldsFragment['lines'][number]

/** What is in the bag, each line with its quantity, its price and what stands in its way. */
export function CartLines({ cart }: { cart: CartFieldsFragment }) {
  return (
    <ul className="cart-lines">
      {cart.lines.map((line) => (
        <CartLine key={line.id} line={line} quote={cart.quote} />
      ))}
    </ul>
  )
}

function CartLine({ line, quote }: { line: Line; quote: CartFieldsFragment['quote'] }) {
  const { t, money } = useI18n()
  const path = useStorePath()
  const fetcher = useFetcher({ key: `line-${line.id}` })
  const wanted = fetcher.formData?.get('quantity')
  const quantity = typeof wanted === 'string' ? Number(wanted) : line.quantity
  const priced = quote?.lines.find((each) => each.variant.id === line.variant.id)
  const problem = quote?.problems.find((each) => each.variant.id === line.variant.id)
  const { product, media, options } = line.variant
  if (quantity === 0) return null

  return (
    <li className="cart-line">
      <StoreLink
        className="cart-line-picture"
        to={`/products/${product.slug}?variant=${line.variant.id}`}
        tabIndex={-1}
        aria-hidden="true"
      >
        {media === null ? null : <Picture media={media} sizes="7rem" alt="" />}
      </StoreLink>
      <div className="cart-line-text">
        <p>
          <StoreLink to={`/products/${product.slug}?variant=${line.variant.id}`}>{product.name}</StoreLink>
        </p>
        <p className="soft small">{options.map((option) => option.valueName).join(', ')}</p>
        {problem === undefined ? null : (
          <p className="field-error" role="status">
            {problem.code === 'OUT_OF_STOCK'
              ? t('cart.problem-stock', { available: problem.available })
              : t('cart.problem-market')}
          </p>
        )}
        <div className="cart-line-tools">
          <fetcher.Form
            method="post"
            action={path('/cart')}
            className="row"
            style={{ '--gap': 'var(--space-2)' }}
          >
            <input type="hidden" name="intent" value="update" />
            <input type="hidden" name="lineId" value={line.id} />
            <StayHere />
            <select
              key={quantity}
              className="input cart-quantity"
              name="quantity"
              defaultValue={quantity}
              aria-label={t('cart.quantity-of', { name: product.name })}
              onChange={(event) => void fetcher.submit(event.currentTarget.form)}
            >
              {choices(line.quantity).map((n) => (
                <option key={n} value={n}>
                  {n}
                </option>
              ))}
            </select>
            <noscript>
              <Button kind="text">{t('cart.update')}</Button>
            </noscript>
          </fetcher.Form>
          <fetcher.Form method="post" action={path('/cart')}>
            <input type="hidden" name="intent" value="update" />
            <input type="hidden" name="lineId" value={line.id} />
            <StayHere />
            <input type="hidden" name="quantity" value="0" />
            <Button kind="text" className="small" aria-label={t('cart.remove-of', { name: product.name })}>
              {t('cart.remove')}
            </Button>
          </fetcher.Form>
        </div>
      </div>
      <p className="cart-line-price number" data-pending={fetcher.state !== 'idle' || undefined}>
        {priced === undefined ? null : money(priced.total)}
      </p>
    </li>
  )
}

/** 1 to 10, and what is there when it is more. */
function choices(current: number): number[] {
  const few = Array.from({ length: 10 }, (_, index) => index + 1)
  return current > 10 ? [...few, current] : few
}
