import { Field } from '#app/design/field.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import type { CardErrors } from './card.ts'

/** The card. What is typed here is never sent back to the page. */
export function CardFields({ errors }: { errors: CardErrors }) {
  const { t } = useI18n()
  const errorAt = (field: keyof CardErrors) => {
    const id = errors[field]
    return id === undefined ? undefined : t(id)
  }
  return (
    <fieldset className="form">
      <legend className="visually-hidden">{t('checkout.payment-title')}</legend>
      <Field
        label={t('checkout.card-number')}
        name="cardNumber"
        inputMode="numeric"
        autoComplete="cc-number"
        required
        maxLength={30}
        dir="ltr"
        error={errorAt('cardNumber')}
      />
      <div className="form-pair">
        <Field
          label={t('checkout.card-expiry')}
          name="expiry"
          inputMode="numeric"
          autoComplete="cc-exp"
          required
          maxLength={9}
          dir="ltr"
          error={errorAt('expiry')}
        />
        <Field
          label={t('checkout.card-code')}
          name="cvc"
          inputMode="numeric"
          autoComplete="cc-csc"
          required
          maxLength={4}
          dir="ltr"
          error={errorAt('cvc')}
        />
      </div>
    </fieldset>
  )
}
