import { Form, useNavigation } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { Field } from '#app/design/field.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import type { BoutiqueWithStock } from './find-boutiques.server.ts'
import type { PickUp } from './pick-up-form.ts'
import type { CheckoutProblem } from './problem.ts'

interface PickUpChoiceProps {
  boutiques: readonly BoutiqueWithStock[]
  pickUp: PickUp | null
  /** The contact's name, for the first time. */
  name: string
  problem: CheckoutProblem | undefined
}

/** Instead of an address: a boutique, with what is there, and who comes. Folded until it is wanted. */
export function PickUpChoice({ boutiques, pickUp, name, problem }: PickUpChoiceProps) {
  const { t } = useI18n()
  const isPending = useNavigation().formData?.get('intent') === 'collect'
  if (boutiques.length === 0) return null
  const failed = problem?.kind === 'collect' ? problem : null
  const error = (field: 'name' | 'phone') => {
    const message = failed?.errors[field]
    return message === undefined ? undefined : t(message)
  }
  const values = failed?.values ?? {
    shopId: pickUp?.shopId,
    name: pickUp?.name ?? name,
    phone: pickUp?.phone ?? '',
  }
  const first = boutiques.find((boutique) => boutique.linesThere === boutique.lines)?.id
  return (
    <details className="checkout-collect" open={pickUp !== null || failed !== null}>
      <summary>{t('checkout.collect')}</summary>
      <Form method="post" className="form">
        <input type="hidden" name="intent" value="collect" />
        <fieldset className="checkout-boutiques">
          <legend className="field-label">{t('checkout.collect')}</legend>
          {boutiques.map(({ id, name: boutique, lines, linesThere }) => (
            <label key={id} className="row">
              <input
                type="radio"
                name="shopId"
                value={id}
                required
                disabled={linesThere < lines}
                defaultChecked={(values.shopId ?? first) === id && linesThere === lines}
              />
              <span>
                {boutique}{' '}
                <span className="soft small">
                  {linesThere === lines ? t('checkout.collect-all') : `${linesThere} / ${lines}`}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
        <Field
          label={t('checkout.collect-name')}
          name="name"
          autoComplete="name"
          required
          maxLength={120}
          defaultValue={values.name}
          error={error('name')}
        />
        <Field
          label={t('checkout.collect-phone')}
          name="phone"
          type="tel"
          autoComplete="tel"
          maxLength={30}
          defaultValue={values.phone}
          error={error('phone')}
        />
        <Button wide pending={isPending}>
          {t('checkout.next')}
        </Button>
      </Form>
    </details>
  )
}
