import { Fragment } from 'react'
import { useI18n } from '#app/i18n/use-i18n.ts'
import type { CartFieldsFragment } from '#generated/graphql.ts'

type Quote = NonNullable<CartFieldsFragment['quote']>

/** What the bag costs, whole: nothing is added after this. */
export function CartTotals({ quote }: { quote: Quote }) {
  const { t, money } = useI18n()
  const isFree = BigInt(quote.shipping.minorUnits) === 0n
  return (
    <dl className="facts cart-totals">
      <dt>{t('cart.subtotal')}</dt>
      <dd className="number">{money(quote.subtotal)}</dd>
      <dt>{t('cart.shipping')}</dt>
      <dd className="number">{isFree ? t('cart.shipping-free') : money(quote.shipping)}</dd>
      {quote.discounts.map((discount) => (
        <Fragment key={discount.promotionId}>
          <dt>{discount.name}</dt>
          <dd className="number">−{money(discount.amount)}</dd>
        </Fragment>
      ))}
      {quote.taxIncluded ? null : (
        <>
          <dt>{t('cart.tax')}</dt>
          <dd className="number">{money(quote.tax)}</dd>
        </>
      )}
      <dt className="facts-total">{t('cart.total')}</dt>
      <dd className="facts-total number">{money(quote.total)}</dd>
      {quote.taxIncluded ? (
        <>
          <dt />
          <dd className="soft small number">{t('cart.tax-included', { amount: money(quote.tax) })}</dd>
        </>
      ) : null}
    </dl>
  )
}
