import { Form, useNavigation } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { Field } from '#app/design/field.tsx'
import { currencyDigits } from './currency-digits.ts'

interface OpenCashProps {
  register: string
  shop: string
  currency: string
  text: string
  error: string | null
}

/** The first thing of the day: what is in the drawer. */
export function OpenCash({ register, shop, currency, text, error }: OpenCashProps) {
  const isPending = useNavigation().state !== 'idle'
  return (
    <div className="till-narrow stack" style={{ '--gap': 'var(--space-5)' }}>
      <div className="stack" style={{ '--gap': 'var(--space-2)' }}>
        <h1 className="title-m">Open till {register}</h1>
        <p className="soft">
          {shop}. Count the drawer before the first sale; at closing the till tells what should be in it.
        </p>
      </div>
      <Form method="post" className="form">
        <Field
          label={`Cash in the drawer, in ${currency}`}
          name="float"
          className="input till-touch number"
          inputMode={currencyDigits(currency) === 0 ? 'numeric' : 'decimal'}
          autoComplete="off"
          required
          maxLength={16}
          defaultValue={text}
          error={error}
          hint="0 when it is empty"
        />
        <Button kind="primary" wide className="till-touch" pending={isPending}>
          Open the till
        </Button>
      </Form>
    </div>
  )
}
