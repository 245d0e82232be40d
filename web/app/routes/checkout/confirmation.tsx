import { data, redirect, redirectDocument } from 'react-router'
import { HeldClock } from '#app/checkout/held-clock.tsx'
import { useAskAgain } from '#app/checkout/use-ask-again.ts'
import { isUuid } from '#app/forms/is-uuid.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { toolsFor, useI18n } from '#app/i18n/use-i18n.ts'
import { AddressText } from '#app/order/address-text.tsx'
import { OrderLines } from '#app/order/order-lines.tsx'
import { pageMeta } from '#app/store/page-meta.ts'
import { placeOf } from '#app/store/place.server.ts'
import { StoreLink } from '#app/store/store-link.tsx'
import { useStore } from '#app/store/use-store.ts'
import { graphql } from '#generated/gql.ts'
import type { Route } from './+types/confirmation'
import '#app/checkout/checkout.css'

const ConfirmationPage = graphql(`
  query ConfirmationPage($id: ID!) {
    order(id: $id) {
      ...OrderSummary
      shippingAddress {
        ...AddressFields
      }
      transactions {
        id
        status
        failureCode
      }
    }
  }
`)

export const meta: Route.MetaFunction = ({ params }) =>
  pageMeta(undefined, { title: `${toolsFor(params.locale, params.market).t('confirmation.title')} · Maison` })

export async function loader({ params, context, request }: Route.LoaderArgs) {
  const { base } = placeOf(params, request)
  const { order } = isUuid(params.id)
    ? await execute(context, ConfirmationPage, { id: params.id })
    : { order: null }
  if (order === null) throw data(null, { status: 404 })
  const pay = `${base}/orders/${order.id}/pay`
  if (order.status === 'EXPIRED' || order.status === 'CANCELED') throw redirect(pay)
  const last = order.transactions.at(-1)
  // The browser can hear of a second card that went through before the house does: what failed was the first.
  const heard = new URL(request.url).searchParams.get('redirect_status')
  const isHeardPaid = heard === 'succeeded'
  // Nor does the house hear at once of who refused at the bank, or was refused there.
  const isHeardRefused = heard === 'failed' && last !== undefined && waits.includes(last.status)
  if (order.status === 'UNCONFIRMED' && isHeardRefused)
    throw redirectDocument(`${pay}?failed=authentication_failed`)
  if (
    order.status === 'UNCONFIRMED' &&
    (last === undefined || (last.status === 'FAILED' && !isHeardPaid) || last.status === 'CANCELED')
  ) {
    // As a document: the page may have to allow a provider's script.
    throw redirectDocument(
      last === undefined ? pay : `${pay}?failed=${encodeURIComponent(last.failureCode ?? 'other')}`,
    )
  }
  return { order }
}

const waits: readonly string[] = ['PENDING', 'ACTION_REQUIRED']

const askEveryMs = 1_000

export default function Confirmation({ loaderData }: Route.ComponentProps) {
  const { t } = useI18n()
  const { market } = useStore()
  const { order } = loaderData
  const isWaiting = order.status === 'UNCONFIRMED'
  useAskAgain(isWaiting, askEveryMs)
  return (
    <div className="wrap">
      <header className="page-head" aria-live="polite">
        <h1>{t(isWaiting ? 'confirmation.waiting-title' : 'confirmation.title')}</h1>
        <p>{t(isWaiting ? 'confirmation.waiting' : 'confirmation.confirmed', { number: order.number })}</p>
        {isWaiting ? (
          <>
            {order.expiresAt === null ? null : (
              <HeldClock until={order.expiresAt} heldMinutes={market.reservationMinutes} />
            )}
            <noscript>
              <p>
                <a className="button" href="">
                  {t('confirmation.refresh')}
                </a>
              </p>
            </noscript>
          </>
        ) : (
          <div className="row">
            <StoreLink className="button button-primary" to={`/account/orders/${order.id}`}>
              {t('confirmation.account')}
            </StoreLink>
            <StoreLink className="button" to="">
              {t('confirmation.go-on')}
            </StoreLink>
          </div>
        )}
      </header>
      <div className="order-columns">
        <OrderLines order={order} />
        {order.shippingAddress === null ? null : (
          <div className="order-side">
            <section>
              <h2>{t('order.to')}</h2>
              <AddressText address={order.shippingAddress} />
            </section>
          </div>
        )}
      </div>
    </div>
  )
}
