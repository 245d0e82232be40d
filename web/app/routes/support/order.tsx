import { data, Form, Link, useNavigation } from 'react-router'
import { Badge } from '#app/design/badge.tsx'
import { Button } from '#app/design/button.tsx'
import { Notice } from '#app/design/notice.tsx'
import { execute } from '#app/graphql/execute.server.ts'
import { isUuid } from '#app/forms/is-uuid.ts'
import { readForm } from '#app/forms/read-form.server.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { orderTone } from '#app/order/order-tone.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { toWords } from '#app/staff/to-words.ts'
import { graphql } from '#generated/gql.ts'
import { actOnOrder } from './act-on-order.server.ts'
import { mergeTimeline } from './merge-timeline.ts'
import { SupportReturns } from './order-returns.tsx'
import { OrderSide } from './order-side.tsx'
import { supportRoles } from './support-roles.ts'
import { Timeline } from './timeline.tsx'
import type { Route } from './+types/order'

const SupportOrder = graphql(`
  query SupportOrder($id: ID!) {
    order(id: $id) {
      ...SupportOrder
      authorizeStatus
      nextSteps
      returns {
        ...SupportReturn
      }
      timeline {
        id
        at
        type
        message
        actor
      }
    }
  }
`)

export async function loader({ params, context, request }: Route.LoaderArgs) {
  await requireRole(context, request, supportRoles)
  if (!isUuid(params.order)) throw data({ message: '' }, { status: 404 })
  const { order } = await execute(context, SupportOrder, { id: params.order })
  if (order === null) throw data({ message: '' }, { status: 404 })
  return { order, story: mergeTimeline(order) }
}

export async function action({ params, context, request }: Route.ActionArgs) {
  await requireRole(context, request, supportRoles)
  if (!isUuid(params.order)) throw data({ message: '' }, { status: 404 })
  const problem = await actOnOrder(context, params.order, await readForm(request))
  return data({ problem }, { status: problem === null ? 200 : 409 })
}

export default function SupportOrderPage({ loaderData, actionData }: Route.ComponentProps) {
  const { order, story } = loaderData
  const { money } = useI18n()
  const isPending = useNavigation().state !== 'idle'
  return (
    <>
      <title>{`${order.number} · Support · Maison`}</title>
      <div className="row row-apart support-head">
        <div className="stack" style={{ '--gap': 'var(--space-2)' }}>
          <h1 className="title-m">{order.number}</h1>
          <p className="row" style={{ '--gap': 'var(--space-5)' }}>
            <Badge tone={orderTone(order.status)}>{toWords(order.status)}</Badge>
            <Badge
              tone={
                order.chargeStatus === 'FULL' ? 'good' : order.chargeStatus === 'NONE' ? 'plain' : 'careful'
              }
            >
              {`Paid: ${toWords(order.chargeStatus).toLowerCase()}`}
            </Badge>
            <Link to={`/support/events?aggregateId=${order.id}`}>Its events</Link>
          </p>
        </div>
        <p className="figure-value">{money(order.total)}</p>
      </div>
      {actionData?.problem ? <Notice tone="bad">{actionData.problem}</Notice> : null}
      <div className="support-order">
        <section className="stack">
          <h2 className="title-s">What happened</h2>
          <Timeline story={story} />
          <SupportReturns returns={order.returns} />
          {order.nextSteps.includes('CANCEL') ? (
            <details className="support-cancel">
              <summary>Cancel this order</summary>
              <Form method="post" className="stack">
                <input type="hidden" name="intent" value="cancel" />
                <p className="soft">
                  {order.status === 'UNCONFIRMED'
                    ? 'It is not paid. Cancelling frees its goods at once and cannot be undone.'
                    : 'It is paid and nothing has left the house. Cancelling frees its goods, calls its parcels off and gives the money back. It cannot be undone.'}
                </p>
                <Button pending={isPending}>Cancel {order.number}</Button>
              </Form>
            </details>
          ) : null}
        </section>
        <OrderSide order={order} />
      </div>
    </>
  )
}
