import { Form, useNavigation } from 'react-router'
import { Badge } from '#app/design/badge.tsx'
import { Button } from '#app/design/button.tsx'
import { Field, SelectField } from '#app/design/field.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { returnTone } from '#app/order/return-words.ts'
import { toWords } from '#app/staff/to-words.ts'
import { graphql } from '#generated/gql.ts'
import type { SupportReturnFragment } from '#generated/graphql.ts'

graphql(`
  fragment SupportReturn on Return {
    id
    status
    reason
    note
    refusal
    isRestocked
    nextStatuses
    refund {
      currency
      amount
    }
    lines {
      quantity
      line {
        id
        name
        sku
      }
    }
  }
`)

/** What the customer gives back, and what support can do about it now. */
export function SupportReturns({ returns }: { returns: readonly SupportReturnFragment[] }) {
  if (returns.length === 0) return null
  return (
    <section className="stack">
      <h2 className="title-s">Returns</h2>
      {returns.map((one) => (
        <OneReturn key={one.id} one={one} />
      ))}
    </section>
  )
}

function OneReturn({ one }: { one: SupportReturnFragment }) {
  const { money } = useI18n()
  const can = (status: SupportReturnFragment['status']) => one.nextStatuses.includes(status)
  return (
    <article className="support-payment stack" style={{ '--gap': 'var(--space-3)' }}>
      <p className="row row-apart">
        <Badge tone={returnTone(one.status)}>{toWords(one.status)}</Badge>
        {one.refund === null ? null : <span className="number">{money(one.refund)}</span>}
      </p>
      <ul>
        {one.lines.map(({ line, quantity }) => (
          <li key={line.id}>
            {quantity} × {line.name} <code>{line.sku}</code>
          </li>
        ))}
      </ul>
      <p className="soft small">
        {toWords(one.reason)}
        {one.note === null ? '' : `: ${one.note}`}
        {one.refusal === null ? '' : `. Turned down: ${one.refusal}`}
        {one.isRestocked === null ? '' : one.isRestocked ? '. Back on sale.' : '. Not on sale again.'}
      </p>
      {can('APPROVED') ? <Approve id={one.id} /> : null}
      {can('RECEIVED') ? <Receive id={one.id} /> : null}
      {can('REJECTED') ? <Reject id={one.id} /> : null}
    </article>
  )
}

const useIsPending = () => useNavigation().state !== 'idle'

function Approve({ id }: { id: string }) {
  return (
    <Form method="post">
      <input type="hidden" name="returnId" value={id} />
      <Button name="intent" value="approve" size="small" pending={useIsPending()}>
        Allow it
      </Button>
    </Form>
  )
}

function Receive({ id }: { id: string }) {
  return (
    <Form method="post" className="stack" style={{ '--gap': 'var(--space-3)' }}>
      <input type="hidden" name="returnId" value={id} />
      <SelectField
        name="isRestocked"
        label="The pieces are"
        options={[
          { value: 'true', label: 'as new: back on sale' },
          { value: 'false', label: 'not to be sold again' },
        ]}
      />
      <Button name="intent" value="receive" size="small" pending={useIsPending()}>
        They are here, give the money back
      </Button>
    </Form>
  )
}

function Reject({ id }: { id: string }) {
  return (
    <details className="support-cancel">
      <summary>Turn it down</summary>
      <Form method="post" className="stack">
        <input type="hidden" name="returnId" value={id} />
        <Field name="reason" label="What the customer is told" required maxLength={500} autoComplete="off" />
        <Button name="intent" value="reject" size="small" pending={useIsPending()}>
          Turn it down
        </Button>
      </Form>
    </details>
  )
}
