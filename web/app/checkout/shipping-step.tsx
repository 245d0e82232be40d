import { useState } from 'react'
import { Form, useNavigation } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { Field, SelectField } from '#app/design/field.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { addressFields, type Address } from './address-form.ts'
import type { CheckoutProblem } from './problem.ts'

interface ShippingStepProps {
  countries: readonly string[]
  address: Address | null
  /** The contact's name, for the first time. */
  name: string
  problem: CheckoutProblem | undefined
}

export function ShippingStep({ countries, address, name, problem }: ShippingStepProps) {
  const { t, locale } = useI18n()
  const isPending = useNavigation().state !== 'idle'
  const failed = problem?.kind === 'address' ? problem : null
  const values = failed?.values ?? valuesOf(address, name)
  const [country, setCountry] = useState(values['country'] ?? countries[0] ?? '')
  const names = new Intl.DisplayNames(locale, { type: 'region' })
  return (
    <section className="checkout-step">
      <h2>{t('checkout.shipping-title')}</h2>
      <Form method="post" className="form">
        <input type="hidden" name="intent" value="shipping" />
        {countries.length < 2 ? (
          <input type="hidden" name="country" value={country} />
        ) : (
          <SelectField
            label={t('checkout.country')}
            name="country"
            autoComplete="shipping country"
            defaultValue={country}
            onChange={(event) => setCountry(event.currentTarget.value)}
            options={countries.map((code) => ({ value: code, label: names.of(code) ?? code }))}
          />
        )}
        <div className="address-fields">
          {addressFields(country).map((rule) => {
            const error = failed?.errors[rule.field]
            return (
              <div key={rule.field} data-short={rule.isShort}>
                <Field
                  label={t(rule.label)}
                  name={rule.field}
                  autoComplete={rule.autoComplete}
                  required={rule.isRequired}
                  maxLength={rule.maxLength}
                  type={rule.field === 'phone' ? 'tel' : 'text'}
                  defaultValue={values[rule.field]}
                  error={error === undefined ? undefined : t(error)}
                />
              </div>
            )
          })}
        </div>
        <Button kind="primary" wide pending={isPending}>
          {t('checkout.next')}
        </Button>
      </Form>
    </section>
  )
}

function valuesOf(address: Address | null, name: string): Record<string, string> {
  if (address === null) return { name }
  const { lines, region, postalCode, phone, city, country } = address
  return {
    name: address.name,
    line1: lines[0] ?? '',
    line2: lines[1] ?? '',
    city,
    country,
    region: region ?? '',
    postalCode: postalCode ?? '',
    phone: phone ?? '',
  }
}
