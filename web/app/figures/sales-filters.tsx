import { Form, Link, useSubmit } from 'react-router'
import { Field, SelectField } from '#app/design/field.tsx'
import type { Period } from './period.ts'

interface SalesFiltersProps {
  period: Period
  market: string | null
  markets: readonly { id: string; name: string }[]
  currency: string
  currencies: readonly string[]
  isCurrencyChosen: boolean
}

const ranges = [
  { range: 'today', label: 'Today' },
  { range: '7', label: '7 days' },
  { range: '30', label: '30 days' },
] as const

/** One control for the page; all of it is in the address, so that a view can be sent to somebody. */
export function SalesFilters({
  period,
  market,
  markets,
  currency,
  currencies,
  isCurrencyChosen,
}: SalesFiltersProps) {
  const submit = useSubmit()
  const kept = {
    ...(market === null ? {} : { market }),
    ...(isCurrencyChosen ? { currency } : {}),
  }
  const choices = currencies.includes(currency) ? currencies : [currency, ...currencies]
  return (
    <div className="insights-filters">
      <nav aria-label="Period">
        {ranges.map(({ range, label }) => (
          <Link
            key={range}
            to={`?${new URLSearchParams({ range, ...kept }).toString()}`}
            aria-current={period.range === range ? 'page' : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
      {/* The key puts the days of a link into the fields. */}
      <Form
        key={JSON.stringify([period, market, currency])}
        onChange={(event) => {
          if (event.target instanceof HTMLSelectElement) void submit(choicesOf(event.currentTarget, period))
        }}
      >
        <Field label="From" name="from" type="date" defaultValue={period.from} required />
        <Field label="To" name="to" type="date" defaultValue={period.to} required />
        <SelectField
          label="Market"
          name="market"
          defaultValue={market ?? ''}
          options={[
            { value: '', label: 'All' },
            ...markets.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <SelectField
          label="Currency"
          name="currency"
          defaultValue={currency}
          options={choices.map((code) => ({ value: code, label: code }))}
        />
        <button className="button button-small">Show</button>
      </Form>
    </div>
  )
}

/** Another market or currency keeps `7 days` what it is, instead of fixing its days. */
function choicesOf(form: HTMLFormElement, { range }: Period): FormData {
  const choices = new FormData(form)
  if (range === 'custom') return choices
  choices.delete('from')
  choices.delete('to')
  choices.set('range', range)
  return choices
}
