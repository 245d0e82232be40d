import { Form, useSubmit } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { useStorePath } from '#app/store/use-store.ts'
import type { CartFieldsFragment } from '#generated/graphql.ts'

type Quote = NonNullable<CartFieldsFragment['quote']>

/** The ways a bag can be sent, with what each costs. Nothing to choose, nothing shown. */
export function CartDelivery({ quote }: { quote: Quote }) {
  const { t, money } = useI18n()
  const action = useStorePath()('/cart')
  const submit = useSubmit()
  // What is collected needs a boutique, which is not chosen here.
  const choices = quote.shippingMethods.filter(({ method }) => method.kind === 'COURIER')
  if (choices.length < 2) return null
  return (
    <Form method="post" action={action} onChange={(event) => void submit(event.currentTarget)}>
      <input type="hidden" name="intent" value="delivery" />
      <fieldset className="stack" style={{ '--gap': 'var(--space-2)', border: 0, padding: 0, margin: 0 }}>
        <legend className="small">{t('voucher.delivery')}</legend>
        {choices.map(({ method, price, isChosen }) => (
          <label key={method.id} className="row row-apart small">
            <span>
              <input
                key={String(isChosen)}
                type="radio"
                name="shippingMethodId"
                value={method.id}
                defaultChecked={isChosen}
              />{' '}
              {method.name}
              <span className="soft"> · {method.description}</span>
            </span>
            <span className="number">
              {BigInt(price.minorUnits) === 0n ? t('cart.shipping-free') : money(price)}
            </span>
          </label>
        ))}
      </fieldset>
      <noscript>
        <Button kind="text" className="small">
          {t('cart.update')}
        </Button>
      </noscript>
    </Form>
  )
}
