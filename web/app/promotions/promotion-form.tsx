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
 * The fields of a promotion. Which of them count depends on what it does: the style sheet shows those whose `data-for` names
 * it, the server reads no others, and no script is needed.
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
        <For kinds="shelf-percent percent buy-get delivery">
          <Field {...field('percent')} label="Percentage" inputMode="decimal" hint="Such as 15 or 12.5" />
        </For>
        <For kinds="buy-get">
          <Field {...field('buyQuantity')} label="Pieces to buy" inputMode="numeric" />
        </For>
        <For kinds="buy-get gift">
          <Field {...field('getQuantity')} label="Pieces that are cheaper, or given" inputMode="numeric" />
        </For>
        <For kinds="gift">
          <Field {...field('giftSku')} label="Article number of the gift" autoComplete="off" />
        </For>
        <For kinds={aboutGoods}>
          <SelectField
            {...field('collection')}
            label="On which goods"
            options={[
              { value: '', label: 'All' },
              ...collections.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </For>
        <For kinds={aboutGoods}>
          <Choice name="excludesReduced" values={values} label="Leave out what is reduced already" />
        </For>
      </Part>
      <Part title="Amounts off" kinds="shelf-amount amount">
        {amounts('amount')}
      </Part>
      <Part title="Only for a basket that is worth at least" kinds="percent amount buy-get gift delivery">
        {amounts('from')}
        <Field {...field('least')} label="Or holds so many pieces" inputMode="numeric" />
      </Part>
      <Part title="Where" hint="None chosen means everywhere.">
        {markets.map(({ id, name }) => (
          <Choice key={id} name={`market.${id}`} values={values} label={name} />
        ))}
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

const aboutGoods = 'shelf-percent shelf-amount percent amount buy-get'

/** Fields that count only for some of the kinds. */
function For({ kinds: wanted, children }: { kinds: string; children: ReactNode }) {
  return <div data-for={wanted}>{children}</div>
}

interface PartProps {
  title: string
  hint?: string
  kinds?: string
  children: ReactNode
}

function Part({ title, hint, kinds: wanted, children }: PartProps) {
  return (
    <fieldset className="promotion-part" data-for={wanted}>
      <legend className="title-s">{title}</legend>
      {hint === undefined ? null : <p className="soft small">{hint}</p>}
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
