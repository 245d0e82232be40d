import type { ReactNode } from 'react'
import { Form, useNavigation } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { Field, SelectField } from '#app/design/field.tsx'
import { Notice } from '#app/design/notice.tsx'
import { adjustments } from './adjustments.ts'
import type { StockChange } from './change-stock.server.ts'

interface StockFormsProps {
  level: { isSerialized: boolean; safety: number; lowAt: number }
  /** Where pieces can be sent. */
  others: readonly { id: string; code: string }[]
  /** One per form and page load: a form sent twice is one change. */
  keys: { receive: string; adjust: string; send: string }
  change: StockChange | undefined
}

/** What can be done with one level: take pieces in, put the number right, send some on, set the marks. */
export function StockForms({ level, others, keys, change }: StockFormsProps) {
  const serials = level.isSerialized ? <SerialsField /> : null
  return (
    <div className="stock-forms">
      <StockForm
        intent="receive"
        title="Receive"
        done="Received."
        idempotencyKey={keys.receive}
        change={change}
      >
        <PiecesField />
        <Field label="Delivery note" name="reference" required maxLength={100} />
        {level.isSerialized ? (
          <Field
            label="Where they come from"
            name="provenance"
            maxLength={200}
            hint="Such as the atelier and the year."
          />
        ) : null}
        {serials}
      </StockForm>
      <StockForm
        intent="adjust"
        title="Put right"
        done="Put right."
        idempotencyKey={keys.adjust}
        change={change}
      >
        <SelectField
          label="There are"
          name="direction"
          options={[
            { value: 'fewer', label: 'fewer pieces than booked' },
            { value: 'more', label: 'more pieces than booked' },
          ]}
        />
        <PiecesField />
        <SelectField
          label="Why"
          name="reason"
          options={Object.entries(adjustments).map(([value, label]) => ({ value, label }))}
        />
        <Field label="Note" name="note" maxLength={500} />
        {serials}
      </StockForm>
      <StockForm intent="send" title="Send on" done="On its way." idempotencyKey={keys.send} change={change}>
        <SelectField
          label="To"
          name="to"
          options={others.map(({ id, code }) => ({ value: id, label: code }))}
        />
        <PiecesField />
        <Field label="Note" name="note" maxLength={500} />
      </StockForm>
      <StockForm intent="marks" title="Marks" done="Set." change={change}>
        <Field
          label="Keep back from the web"
          name="safety"
          type="number"
          min={0}
          max={10_000}
          required
          defaultValue={level.safety}
          hint="The till may sell these too."
        />
        <Field
          label="Low below"
          name="lowAt"
          type="number"
          min={0}
          max={10_000}
          required
          defaultValue={level.lowAt}
          hint="0: never told."
        />
      </StockForm>
    </div>
  )
}

function StockForm(props: {
  intent: string
  title: string
  done: string
  idempotencyKey?: string
  change: StockChange | undefined
  children: ReactNode
}) {
  const { intent, title, idempotencyKey, children } = props
  const navigation = useNavigation()
  const change = props.change?.intent === intent ? props.change : undefined
  return (
    <section>
      <h2 className="title-s">{title}</h2>
      {/* A new key is a new form: after a change the fields are empty again. */}
      <Form method="post" className="form" key={idempotencyKey} preventScrollReset>
        <input type="hidden" name="intent" value={intent} />
        {idempotencyKey === undefined ? null : (
          <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
        )}
        {children}
        <Button pending={navigation.formData?.get('intent') === intent}>{title}</Button>
        {change === undefined ? null : (
          <Notice tone={change.problem === null ? 'good' : 'bad'}>{change.problem ?? props.done}</Notice>
        )}
      </Form>
    </section>
  )
}

function PiecesField() {
  return <Field label="Pieces" name="quantity" type="number" min={1} max={10_000} required />
}

function SerialsField() {
  return (
    <div className="field">
      <label>
        Serial numbers, one per line
        <textarea className="input" name="serials" rows={3} />
      </label>
    </div>
  )
}
