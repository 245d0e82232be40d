import type { ReactNode } from 'react'
import { Field, SelectField } from '#app/design/field.tsx'
import { keptKind, kinds, nameLocales, type PromotionValues } from './promotion-values.ts'

interface PromotionFormProps {
  values: PromotionValues
  markets: readonly { id: string; name: string; currency: string }[]
  collections: readonly { id: string; name: string }[]
  /** Which field cannot be taken, and why. */
  fault: { field: string; problem: string } | null
  /** What it does now; null for a new one. */
  doesNow: string | null
}

/**
 * The fields of a promotion. Which of them count depends on what it does; the others are left alone, so that the form works
 * without a script.
 */
export function PromotionForm({ values, markets, collections, fault, doesNow }: PromotionFormProps) {
  const field = (name: string) => ({
    name,
    defaultValue: values[name] ?? '',
    error: fault?.field === name ? fault.problem : null,
  })
  const currencies = [...new Set(markets.map(({ currency }) => currency))]
  const amounts = (prefix: string) =>
    currencies.map((currency) => (
      <Field
        key={currency}
        {...field(`${prefix}.${currency}`)}
        label={`In ${currency}`}
        inputMode="decimal"
        autoComplete="off"
      />
    ))
  return (
    <>
      <Part title="Name">
        {nameLocales.map(([locale, language]) => (
          <Field
            key={locale}
            {...field(`name.${locale}`)}
            label={`Name, ${language}`}
            lang={locale}
            maxLength={200}
            required={locale === 'en'}
          />
        ))}
      </Part>
      <Part title="What it does">
        <SelectField
          {...field('does')}
          label="It gives"
          options={
            doesNow === null
              ? kinds
              : [{ value: keptKind.value, label: `${keptKind.label}: ${doesNow}` }, ...kinds]
          }
        />
        <Field {...field('percent')} label="Percentage" inputMode="decimal" hint="Such as 15 or 12.5" />
        <Choice name="excludesReduced" values={values} label="Leave out what is reduced already" />
        <SelectField
          {...field('collection')}
          label="On which goods"
          options={[
            { value: '', label: 'All' },
            ...collections.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <Field {...field('buyQuantity')} label="Pieces to buy" inputMode="numeric" />
        <Field {...field('getQuantity')} label="Pieces that are cheaper, or given" inputMode="numeric" />
        <Field {...field('giftSku')} label="Article number of the gift" autoComplete="off" />
      </Part>
      <Part title="Amounts off">{amounts('amount')}</Part>
      <Part title="Only for a basket that is worth at least">
        {amounts('from')}
        <Field {...field('least')} label="Or holds so many pieces" inputMode="numeric" />
      </Part>
      <Part title="Where">
        {markets.map(({ id, name }) => (
          <Choice key={id} name={`market.${id}`} values={values} label={name} />
        ))}
        <p className="soft small">None chosen means everywhere.</p>
      </Part>
      <Part title="When">
        <Field {...field('startsAt')} label="Begins, UTC" type="datetime-local" required />
        <Field {...field('endsAt')} label="Ends, UTC" type="datetime-local" hint="Empty: without an end" />
        <Choice name="isActive" values={values} label="Switched on" />
      </Part>
      <Part title="Beside others">
        <Field
          {...field('priority')}
          label="Turn"
          inputMode="numeric"
          required
          hint="The lower comes first"
        />
        <SelectField
          {...field('stacking')}
          label="With other promotions"
          options={[
            { value: 'STACKS', label: 'Takes off what they left' },
            { value: 'EXCLUSIVE', label: 'Alone: what it reduces no other one touches' },
          ]}
        />
        <Choice name="needsVoucher" values={values} label="Only with a voucher" />
      </Part>
    </>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="promotion-part">
      <legend className="title-s">{title}</legend>
      <div className="promotion-fields">{children}</div>
    </fieldset>
  )
}

function Choice({ name, values, label }: { name: string; values: PromotionValues; label: string }) {
  return (
    <label className="choice">
      <input type="checkbox" name={name} defaultChecked={values[name] === 'on'} />
      {label}
    </label>
  )
}
