import { Form } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { Field } from '#app/design/field.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { useStorePath } from '#app/store/use-store.ts'
import type { CartFieldsFragment } from '#generated/graphql.ts'

type Quote = NonNullable<CartFieldsFragment['quote']>

/** The codes of a bag: each with what stands in its way, and a field for one more. */
export function CartVouchers({ quote }: { quote: Quote }) {
  const { t } = useI18n()
  const action = useStorePath()('/cart')
  return (
    <section className="stack" aria-label={t('voucher.title')} style={{ '--gap': 'var(--space-3)' }}>
      {quote.vouchers.map(({ code, refusal }) => (
        <Form key={code} method="post" action={action} className="row row-apart small">
          <input type="hidden" name="intent" value="drop-voucher" />
          <span role="status">
            <span className="number">{code}</span>
            {refusal === null ? null : (
              <span className="field-error" style={{ display: 'block' }}>
                {t(`voucher.${refusal}`)}
              </span>
            )}
          </span>
          <Button
            kind="text"
            className="small"
            name="code"
            value={code}
            aria-label={t('cart.remove-of', { name: code })}
          >
            {t('cart.remove')}
          </Button>
        </Form>
      ))}
      <Form method="post" action={action} className="stack" style={{ '--gap': 'var(--space-2)' }}>
        <input type="hidden" name="intent" value="voucher" />
        <Field label={t('voucher.title')} name="code" required maxLength={40} autoComplete="off" />
        <Button>{t('voucher.use')}</Button>
      </Form>
    </section>
  )
}
