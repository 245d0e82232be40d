import { Form, Link, redirect } from 'react-router'
import { Badge } from '#app/design/badge.tsx'
import { Notice } from '#app/design/notice.tsx'
import { execute } from '#app/graphql/execute.server.ts'
import { toolsFor, useI18n } from '#app/i18n/use-i18n.ts'
import { orderTone } from '#app/order/order-tone.ts'
import { pageMeta } from '#app/store/page-meta.ts'
import { placeOf } from '#app/store/place.server.ts'
import { StoreLink } from '#app/store/store-link.tsx'
import { graphql } from '#generated/gql.ts'
import type { Route } from './+types/orders'
import './account.css'

const AccountPage = graphql(`
  query AccountPage($after: String) {
    me {
      id
      givenName
      isGuest
      orders(first: 20, after: $after) {
        nodes {
          id
          number
          status
          placedAt
          total {
            currency
            amount
          }
          lines {
            id
            name
            imageUrl
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`)

export const meta: Route.MetaFunction = ({ params }) =>
  pageMeta(undefined, { title: `${toolsFor(params.locale, params.market).t('account.title')} · Maison` })

export async function loader({ params, context, request }: Route.LoaderArgs) {
  const { base } = placeOf(params, request)
  const { me } = await execute(context, AccountPage, {
    after: new URL(request.url).searchParams.get('after'),
  })
  if (me === null) throw redirect(`${base}/sign-in?next=${encodeURIComponent(`${base}/account`)}`)
  return { me }
}

export default function AccountOrders({ loaderData }: Route.ComponentProps) {
  const { t, date, money } = useI18n()
  const { me } = loaderData
  const { nodes, pageInfo } = me.orders
  return (
    <div className="wrap">
      <header className="page-head">
        <h1>
          {me.givenName === null || me.isGuest
            ? t('account.title')
            : t('account.greeting', { name: me.givenName })}
        </h1>
        <Form method="post" action="/sign-out">
          <button className="button button-text" type="submit">
            {t('account.sign-out')}
          </button>
        </Form>
      </header>
      {me.isGuest ? (
        <Notice>
          <p>{t('account.guest')}</p>
          <p>
            <StoreLink to="/sign-up">{t('account.make')}</StoreLink>
          </p>
        </Notice>
      ) : null}
      {nodes.length === 0 ? (
        <div className="empty">
          <h2>{t('account.empty-title')}</h2>
          <p>{t('account.empty-text')}</p>
          <StoreLink className="button button-primary" to="">
            {t('cart.empty-action')}
          </StoreLink>
        </div>
      ) : (
        <ul className="account-orders">
          {nodes.map((order) => (
            <li key={order.id}>
              <div>
                <h2 className="title-s">
                  <StoreLink to={`/account/orders/${order.id}`}>
                    {t('order.number', { number: order.number })}
                  </StoreLink>
                </h2>
                <p className="soft small">{t('order.placed', { date: date(order.placedAt) })}</p>
              </div>
              <div className="account-total">
                <p className="number">{money(order.total)}</p>
                <Badge tone={orderTone(order.status)}>{t(`order.status.${order.status}`)}</Badge>
              </div>
              <div className="account-pictures">
                {order.lines
                  .slice(0, 6)
                  .map((line) =>
                    line.imageUrl === null ? null : (
                      <img
                        key={line.id}
                        src={line.imageUrl}
                        alt={line.name}
                        width="64"
                        height="80"
                        loading="lazy"
                      />
                    ),
                  )}
              </div>
            </li>
          ))}
        </ul>
      )}
      {pageInfo.hasNextPage && pageInfo.endCursor !== null ? (
        <p className="list-more">
          <Link className="button" to={`?after=${encodeURIComponent(pageInfo.endCursor)}`}>
            {t('list.more')}
          </Link>
        </p>
      ) : null}
    </div>
  )
}
