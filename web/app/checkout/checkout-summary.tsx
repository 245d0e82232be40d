import { CartTotals } from '#app/cart/cart-totals.tsx'
import { Picture } from '#app/design/picture.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { StoreLink } from '#app/store/store-link.tsx'
import type { CartFieldsFragment } from '#generated/graphql.ts'
import '#app/order/order.css'

type Quote = NonNullable<CartFieldsFragment['quote']>

/** What is being bought, beside every step: no cost appears later. */
export function CheckoutSummary({ cart, quote }: { cart: CartFieldsFragment; quote: Quote }) {
  const { t, money } = useI18n()
  return (
    <aside className="checkout-summary" aria-label={t('checkout.summary')}>
      <div className="row row-apart">
        <h2 className="title-s">{t('checkout.summary')}</h2>
        <StoreLink className="small" to="/cart">
          {t('checkout.change')}
        </StoreLink>
      </div>
      <ul className="order-lines">
        {cart.lines.map((line) => {
          const priced = quote.lines.find((each) => each.variant.id === line.variant.id)
          const options = line.variant.options.map((option) => option.valueName)
          const problem = quote.problems.find((each) => each.variant.id === line.variant.id)
          return (
            <li key={line.id}>
              <span className="order-line-picture">
                {line.variant.media === null ? null : (
                  <Picture media={line.variant.media} sizes="4rem" alt="" />
                )}
              </span>
              <span>
                {line.variant.product.name}
                <br />
                <span className="soft small">
                  {[...options, t('order.pieces', { count: line.quantity })].join(' · ')}
                </span>
                {problem === undefined ? null : (
                  <span className="field-error" style={{ display: 'block' }}>
                    {problem.code === 'OUT_OF_STOCK'
                      ? t('cart.problem-stock', { available: problem.available })
                      : t('cart.problem-market')}
                  </span>
                )}
              </span>
              <span className="number">{priced === undefined ? null : money(priced.total)}</span>
            </li>
          )
        })}
      </ul>
      <CartTotals quote={quote} />
    </aside>
  )
}
