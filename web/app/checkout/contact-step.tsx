import { Form, useNavigation } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { Field } from '#app/design/field.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { StoreLink } from '#app/store/store-link.tsx'
import { useStorePath } from '#app/store/use-store.ts'
import type { CheckoutProblem } from './problem.ts'

interface Person {
  email: string
  givenName: string | null
  familyName: string | null
  isGuest: boolean
}

export function ContactStep({ me, problem }: { me: Person | null; problem: CheckoutProblem | undefined }) {
  const { t } = useI18n()
  const path = useStorePath()
  const isPending = useNavigation().state !== 'idle'
  const values = problem?.kind === 'contact' ? problem.values : undefined
  if (me !== null && !me.isGuest) {
    return (
      <section className="checkout-step">
        <h2>{t('checkout.contact-title')}</h2>
        <p>{t('checkout.contact-signed-in', { email: me.email })}</p>
        <StoreLink className="button button-primary" to="/checkout?step=shipping">
          {t('checkout.next')}
        </StoreLink>
      </section>
    )
  }
  return (
    <section className="checkout-step">
      <div className="stack" style={{ '--gap': 'var(--space-2)' }}>
        <h2>{t('checkout.contact-title')}</h2>
        <p className="soft">{t('checkout.contact-text')}</p>
        <p>
          <StoreLink to={`/sign-in?next=${encodeURIComponent(path('/checkout'))}`}>
            {t('checkout.contact-sign-in')}
          </StoreLink>
        </p>
      </div>
      <Form method="post" className="form">
        <input type="hidden" name="intent" value="contact" />
        <Field
          label={t('checkout.email')}
          name="email"
          type="email"
          autoComplete="email"
          required
          maxLength={254}
          defaultValue={values?.['email'] ?? me?.email}
          error={values === undefined ? undefined : t('checkout.bad-email')}
        />
        <div className="form-pair">
          <Field
            label={t('checkout.given-name')}
            name="givenName"
            autoComplete="given-name"
            maxLength={100}
            defaultValue={values?.['givenName'] ?? me?.givenName ?? undefined}
          />
          <Field
            label={t('checkout.family-name')}
            name="familyName"
            autoComplete="family-name"
            maxLength={100}
            defaultValue={values?.['familyName'] ?? me?.familyName ?? undefined}
          />
        </div>
        <Button kind="primary" wide pending={isPending}>
          {t('checkout.next')}
        </Button>
      </Form>
    </section>
  )
}
