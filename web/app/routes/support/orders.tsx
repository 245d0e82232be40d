import { Form, Link, redirect } from 'react-router'
import { Badge } from '#app/design/badge.tsx'
import { Field, SelectField } from '#app/design/field.tsx'
import { execute } from '#app/graphql/execute.server.ts'
import { isUuid } from '#app/forms/is-uuid.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { orderTone } from '#app/order/order-tone.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { Instant } from '#app/staff/instant.tsx'
import { PagesNav } from '#app/staff/pages-nav.tsx'
import { toWords } from '#app/staff/to-words.ts'
import { graphql } from '#generated/gql.ts'
import { orderStatuses, toOrderStatus } from './order-statuses.ts'
import { supportRoles } from './support-roles.ts'
import type { Route } from './+types/orders'

const FindOrder = graphql(`
  query FindOrder($number: String!) {
    orderByNumber(number: $number) {
      id
    }
  }
`)

const SupportOrders = graphql(`
  query SupportOrders($after: String, $status: OrderStatus) {
    orders(first: 30, after: $after, status: $status) {
      nodes {
        id
        number
        status
        channel
        market {
          id
        }
        total {
          currency
          amount
        }
        placedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

export async function loader({ context, request }: Route.LoaderArgs) {
  await requireRole(context, request, supportRoles)
  const asked = new URL(request.url).searchParams
  const number = (asked.get('number') ?? '').trim().slice(0, 40)
  if (isUuid(number)) throw redirect(`/support/orders/${number}`)
  if (number !== '') {
    const { orderByNumber } = await execute(context, FindOrder, { number })
    if (orderByNumber !== null) throw redirect(`/support/orders/${orderByNumber.id}`)
  }
  const status = toOrderStatus(asked.get('status'))
  const { orders } = await execute(context, SupportOrders, { after: asked.get('after'), status })
  const today = new Date().toISOString().slice(0, 10)
  return { orders, number, status, today }
}

export default function SupportOrdersPage({ loaderData }: Route.ComponentProps) {
  const { orders, number, status, today } = loaderData
  const { money } = useI18n()
  return (
    <>
      <h1>Orders</h1>
      <div className="stack" style={{ '--gap': 'var(--space-5)' }}>
        <div className="support-finders">
          <Form className="support-finder" role="search">
            <Field
              label="Order number or id"
              name="number"
              type="search"
              autoComplete="off"
              maxLength={40}
              defaultValue={number}
              error={number === '' ? null : `No order has the number ${number}.`}
            />
            <button className="button button-small">Open</button>
          </Form>
          <Form className="support-finder">
            <SelectField
              label="Status"
              name="status"
              defaultValue={status ?? ''}
              options={[
                { value: '', label: 'All' },
                ...orderStatuses.map((value) => ({ value, label: toWords(value) })),
              ]}
            />
            <button className="button button-small">Show</button>
          </Form>
          <form className="support-finder" action="/support/orders.csv">
            <div className="row">
              <Field label="From" name="from" type="date" required defaultValue={today} max={today} />
              <Field label="Until" name="to" type="date" required defaultValue={today} max={today} />
            </div>
            <button className="button button-small">Export</button>
          </form>
        </div>
        {orders.nodes.length === 0 ? (
          <p className="soft">No order stands there.</p>
        ) : (
          <div className="table-scroll" tabIndex={0} role="region" aria-label="Orders, newest first">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">Number</th>
                  <th scope="col">Status</th>
                  <th scope="col">Made in</th>
                  <th scope="col" className="table-number">
                    Total
                  </th>
                  <th scope="col">Placed, UTC</th>
                </tr>
              </thead>
              <tbody>
                {orders.nodes.map((order) => (
                  <tr key={order.id}>
                    <td>
                      <Link to={`/support/orders/${order.id}`}>{order.number}</Link>
                    </td>
                    <td>
                      <Badge tone={orderTone(order.status)}>{toWords(order.status)}</Badge>
                    </td>
                    <td>
                      {order.market.id}, {order.channel === 'POS' ? 'boutique' : order.channel.toLowerCase()}
                    </td>
                    <td className="table-number">{money(order.total)}</td>
                    <td>
                      <Instant at={order.placedAt} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <PagesNav pageInfo={orders.pageInfo} of="orders" />
      </div>
    </>
  )
}
