import { randomUUID } from 'node:crypto'
import { data, Form, Link, useNavigation } from 'react-router'
import { Badge } from '#app/design/badge.tsx'
import { Button } from '#app/design/button.tsx'
import { Field, SelectField } from '#app/design/field.tsx'
import { Notice } from '#app/design/notice.tsx'
import { isUuid } from '#app/forms/is-uuid.ts'
import { readForm } from '#app/forms/read-form.server.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { toWords } from '#app/staff/to-words.ts'
import { graphql } from '#generated/gql.ts'
import { moveMoney } from './move-money.server.ts'
import { supportRoles } from './support-roles.ts'
import type { Route } from './+types/move-money'

const PaymentDesk = graphql(`
  query PaymentDesk($id: ID!) {
    transaction(id: $id) {
      id
      orderNumber
      order {
        id
      }
      kind
      status
      amount {
        currency
        amount
      }
      authorized {
        currency
        amount
        minorUnits
      }
      charged {
        currency
        amount
        minorUnits
      }
      refunded {
        currency
        amount
      }
      refunds {
        id
        state
        isByHand
        reason
        amount {
          currency
          amount
        }
      }
    }
  }
`)

export async function loader({ params, context, request }: Route.LoaderArgs) {
  await requireRole(context, request, supportRoles)
  const { transaction } = isUuid(params.payment)
    ? await execute(context, PaymentDesk, { id: params.payment })
    : { transaction: null }
  if (transaction === null) throw data({ message: '' }, { status: 404 })
  return { transaction, idempotencyKey: randomUUID() }
}

export async function action({ params, context, request }: Route.ActionArgs) {
  await requireRole(context, request, supportRoles)
  const problem = await moveMoney(context, params.payment, await readForm(request))
  return problem === null ? { problem } : data({ problem }, { status: 409 })
}

/** One payment, and what support can do about its money. */
export default function MoveMoneyPage({ loaderData, actionData }: Route.ComponentProps) {
  const { transaction, idempotencyKey } = loaderData
  const { money } = useI18n()
  const isPending = useNavigation().state !== 'idle'
  const isHeld = transaction.authorized.minorUnits !== '0'
  const isAwaited = transaction.kind === 'BANK_TRANSFER'
  const byHand = transaction.refunds.filter((refund) => refund.isByHand && refund.state === 'PENDING')
  const wishes = [
    ...(isHeld ? [{ value: 'capture', label: 'Take what is held' }] : []),
    ...(transaction.charged.minorUnits === '0' ? [] : [{ value: 'refund', label: 'Give back' }]),
    ...(isAwaited ? [{ value: 'arrived', label: 'The transfer is on the account' }] : []),
  ]
  return (
    <>
      <h1 className="title-m">
        Payment of <Link to={`/support/orders/${transaction.order.id}`}>{transaction.orderNumber}</Link>
      </h1>
      {actionData?.problem ? <Notice tone="bad">{actionData.problem}</Notice> : null}
      <dl className="facts">
        <dt>State</dt>
        <dd>
          <Badge tone="plain">{toWords(transaction.status)}</Badge> {toWords(transaction.kind)}
        </dd>
        <dt>Asked for</dt>
        <dd className="number">{money(transaction.amount)}</dd>
        <dt>Held</dt>
        <dd className="number">{money(transaction.authorized)}</dd>
        <dt>Taken</dt>
        <dd className="number">{money(transaction.charged)}</dd>
        <dt>Given back</dt>
        <dd className="number">{money(transaction.refunded)}</dd>
      </dl>
      {wishes.length === 0 ? null : (
        <Form method="post" className="form">
          <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
          <input type="hidden" name="example" value={transaction.amount.amount} />
          <SelectField label="What to do" name="intent" options={wishes} />
          <Field
            label={`Amount in ${transaction.amount.currency}`}
            name="amount"
            inputMode="decimal"
            hint="Empty: all of it."
          />
          <Field label="Reason, or the bank's reference" name="reason" required maxLength={100} />
          <Button kind="primary" pending={isPending}>
            Do it
          </Button>
        </Form>
      )}
      {byHand.map((refund) => (
        <Form key={refund.id} method="post" className="form">
          <input type="hidden" name="intent" value="given" />
          <input type="hidden" name="refundId" value={refund.id} />
          <Field
            label={`${money(refund.amount)} was given back by hand: receipt or reference`}
            name="reason"
            hint={refund.reason}
            required
            maxLength={100}
          />
          <Button pending={isPending}>Say so</Button>
        </Form>
      ))}
    </>
  )
}
