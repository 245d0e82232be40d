import { Form, useNavigation } from 'react-router'
import { Badge } from '#app/design/badge.tsx'
import { Button } from '#app/design/button.tsx'
import { Field, SelectField } from '#app/design/field.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { graphql } from '#generated/gql.ts'
import type { OrderReturnsFragment } from '#generated/graphql.ts'
import { returnReasons, returnTone } from './return-words.ts'

graphql(`
  fragment OrderReturns on Order {
    returnableUntil
    lines {
      id
      name
      optionsLabel
      returnable
    }
    returns {
      id
      status
      refusal
      refund {
        currency
        amount
      }
      lines {
        quantity
        line {
          id
          name
        }
      }
    }
  }
`)

/** What the customer gives back, and the way to ask for more. */
export function OrderReturns({
  order,
  idempotencyKey,
}: {
  order: OrderReturnsFragment
  idempotencyKey: string
}) {
  const { t, money } = useI18n()
  const isOpen =
    order.returnableUntil !== null &&
    new Date(order.returnableUntil) > new Date() &&
    order.lines.some((line) => line.returnable > 0)
  if (order.returns.length === 0 && !isOpen) return null
  return (
    <section className="stack">
      <h2>{t('return.title')}</h2>
      {order.returns.length === 0 ? null : (
        <ul className="stack">
          {order.returns.map((one) => (
            <li key={one.id}>
              <p className="row row-apart">
                <Badge tone={returnTone(one.status)}>{t(`return.status.${one.status}`)}</Badge>
                {one.refund === null ? null : <span className="number">{money(one.refund)}</span>}
              </p>
              <p className="soft small">
                {one.lines.map(({ line, quantity }) => `${String(quantity)} × ${line.name}`).join(', ')}
              </p>
              {one.refusal === null ? null : <p className="small">{one.refusal}</p>}
            </li>
          ))}
        </ul>
      )}
      {isOpen ? <AskReturn order={order} idempotencyKey={idempotencyKey} /> : null}
    </section>
  )
}

function AskReturn({ order, idempotencyKey }: { order: OrderReturnsFragment; idempotencyKey: string }) {
  const { t, date } = useI18n()
  const isPending = useNavigation().state !== 'idle'
  return (
    <details className="order-more">
      <summary>{t('return.ask')}</summary>
      <Form method="post" className="stack" replace>
        <p className="soft small">{t('return.until', { date: date(order.returnableUntil ?? '') })}</p>
        {order.lines
          .filter((line) => line.returnable > 0)
          .map((line) => (
            <SelectField
              key={line.id}
              name={`quantity ${line.id}`}
              label={[line.name, line.optionsLabel].filter((text) => text !== '').join(', ')}
              defaultValue={order.lines.length === 1 && line.returnable === 1 ? '1' : '0'}
              options={Array.from({ length: line.returnable + 1 }, (_, count) => ({
                value: String(count),
                label: count === 0 ? t('return.keep') : t('order.pieces', { count }),
              }))}
            />
          ))}
        <SelectField
          name="reason"
          label={t('return.reason')}
          options={returnReasons.map((value) => ({ value, label: t(`return.reason.${value}`) }))}
        />
        <Field name="note" label={t('return.note')} maxLength={1_000} autoComplete="off" />
        <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
        <Button name="intent" value="return" pending={isPending}>
          {t('return.send')}
        </Button>
      </Form>
    </details>
  )
}
