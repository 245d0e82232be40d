import { randomUUID } from 'node:crypto'
import { data, Form, redirect, useNavigation } from 'react-router'
import { Badge } from '#app/design/badge.tsx'
import { Button } from '#app/design/button.tsx'
import { Notice } from '#app/design/notice.tsx'
import { execute } from '#app/graphql/execute.server.ts'
import { isUuid } from '#app/forms/is-uuid.ts'
import { readForm } from '#app/forms/read-form.server.ts'
import { toolsFor, useI18n } from '#app/i18n/use-i18n.ts'
import { AddressText } from '#app/order/address-text.tsx'
import { changeOrder, type OrderChange } from '#app/order/change-order.server.ts'
import { OrderLines } from '#app/order/order-lines.tsx'
import { orderTone } from '#app/order/order-tone.ts'
import { OrderReturns } from '#app/order/returns.tsx'
import { getSession } from '#app/session/session.server.ts'
import { pageMeta } from '#app/store/page-meta.ts'
import { placeOf } from '#app/store/place.server.ts'
import { StoreLink } from '#app/store/store-link.tsx'
import { graphql } from '#generated/gql.ts'
import type { Route } from './+types/order'

const OrderPage = graphql(`
  query OrderPage($id: ID!) {
    order(id: $id) {
      ...OrderSummary
      ...OrderReturns
      shippingAddress {
        ...AddressFields
      }
      pickUpShop {
        id
        name
      }
      deliveries {
        id
        kind
        status
        deliveredAt
      }
      transactions {
        id
        status
        amount {
          currency
          amount
        }
        createdAt
      }
      timeline {
        id
        at
        type
        message
      }
    }
  }
`)

export const meta: Route.MetaFunction = ({ params, loaderData }) => {
  const { t } = toolsFor(params.locale, params.market)
  return pageMeta(undefined, {
    title: `${t('order.number', { number: loaderData.order.number })} · Maison`,
  })
}

export async function loader({ params, context, request }: Route.LoaderArgs) {
  const { base } = placeOf(params, request)
  if (!isUuid(params.id)) throw data(null, { status: 404 })
  if ((await getSession(context).viewer()) === null) {
    throw redirect(`${base}/sign-in?next=${encodeURIComponent(`${base}/account/orders/${params.id}`)}`)
  }
  const { order } = await execute(context, OrderPage, { id: params.id })
  if (order === null) throw data(null, { status: 404 })
  return { order, idempotencyKey: randomUUID() }
}

export async function action({ params, context, request }: Route.ActionArgs) {
  if (!isUuid(params.id)) throw data(null, { status: 404 })
  const change = await changeOrder(context, params.id, await readForm(request))
  return data({ change }, { status: isDone(change) ? 200 : 409 })
}

const isDone = (change: OrderChange): boolean => change === 'canceled' || change === 'asked'

export default function AccountOrder({ loaderData, actionData }: Route.ComponentProps) {
  const { t, date, money } = useI18n()
  const isPending = useNavigation().state !== 'idle'
  const { order } = loaderData
  return (
    <div className="wrap">
      <header className="page-head">
        <p>
          <StoreLink to="/account">{t('account.title')}</StoreLink>
        </p>
        <h1>{t('order.number', { number: order.number })}</h1>
        <p>{t('order.placed', { date: date(order.placedAt, { withTime: true }) })}</p>
        <Badge tone={orderTone(order.status)}>{t(`order.status.${order.status}`)}</Badge>
        {order.status === 'UNCONFIRMED' ? (
          <div className="row">
            <StoreLink className="button button-primary" to={`/orders/${order.id}/pay`} reloadDocument>
              {t('order.pay-now')}
            </StoreLink>
            <Form method="post" replace>
              <Button name="intent" value="cancel" kind="text" pending={isPending}>
                {t('order.cancel')}
              </Button>
            </Form>
          </div>
        ) : null}
        {actionData ? (
          <Notice tone={isDone(actionData.change) ? 'good' : 'bad'}>
            {t(`order.change.${actionData.change}`)}
          </Notice>
        ) : null}
      </header>
      <div className="order-columns">
        <OrderLines order={order} />
        <div className="order-side">
          {order.shippingAddress === null ? null : (
            <section>
              <h2>{t('order.to')}</h2>
              <AddressText address={order.shippingAddress} />
            </section>
          )}
          {order.pickUpShop === null ? null : (
            <section>
              <h2>{t('order.to')}</h2>
              <p>{order.pickUpShop.name}</p>
            </section>
          )}
          {order.deliveries.length === 0 ? null : (
            <section>
              <h2>{t('order.deliveries')}</h2>
              <ul className="stack">
                {order.deliveries.map((delivery) => (
                  <li key={delivery.id}>
                    <Badge
                      tone={
                        delivery.status === 'DELIVERED' || delivery.status === 'PICKED_UP'
                          ? 'good'
                          : delivery.status === 'FAILURE'
                            ? 'bad'
                            : 'careful'
                      }
                    >
                      {delivery.kind === 'PICKUP' && delivery.status === 'PENDING'
                        ? t('delivery.being-prepared')
                        : t(`delivery.status.${delivery.status}`)}
                    </Badge>
                    {delivery.deliveredAt === null ? null : (
                      <span className="soft small"> {date(delivery.deliveredAt, { withTime: true })}</span>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          )}
          {order.transactions.length === 0 ? null : (
            <section>
              <h2>{t('order.payment')}</h2>
              <ul className="stack">
                {order.transactions.map((transaction) => (
                  <li key={transaction.id} className="row row-apart">
                    <Badge
                      tone={
                        transaction.status === 'CHARGED'
                          ? 'good'
                          : transaction.status === 'FAILED'
                            ? 'bad'
                            : 'careful'
                      }
                    >
                      {t(`transaction.status.${transaction.status}`)}
                    </Badge>
                    <span className="number">{money(transaction.amount)}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <OrderReturns order={order} idempotencyKey={loaderData.idempotencyKey} />
          <section>
            <h2>{t('order.timeline')}</h2>
            <ol className="timeline">
              {order.timeline.map((event) => (
                <li key={event.id}>
                  {isKnownEvent(event.type) ? t(`event.${event.type}`) : event.message}
                  <br />
                  <time className="soft small" dateTime={event.at}>
                    {date(event.at, { withTime: true })}
                  </time>
                </li>
              ))}
            </ol>
          </section>
        </div>
      </div>
    </div>
  )
}

const knownEvents = [
  'order.placed',
  'order.confirmed',
  'order.expired',
  'order.canceled',
  'order.reinstated',
  'order.fulfilled',
  'order.refund-requested',
  'order.partially-returned',
  'order.returned',
  'payment.refunded',
  'return.requested',
  'return.approved',
  'return.rejected',
  'return.received',
  'return.refunded',
  'delivery.requested',
  'delivery.attempted',
  'delivery.delivered',
  'delivery.failed',
] as const

/** Events that have a text in the page's language; the others are told as the house wrote them. */
function isKnownEvent(type: string): type is (typeof knownEvents)[number] {
  return (knownEvents as readonly string[]).includes(type)
}
