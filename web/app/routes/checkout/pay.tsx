import { data, Form, redirect, useNavigation } from 'react-router'
import { BankSilent } from '#app/checkout/bank-silent.tsx'
import { CardFields } from '#app/checkout/card-fields.tsx'
import { readCard } from '#app/checkout/card.ts'
import { DemoCards } from '#app/checkout/demo-cards.tsx'
import { failureReason } from '#app/checkout/failure-reason.ts'
import { HeldClock } from '#app/checkout/held-clock.tsx'
import { OtherWays } from '#app/checkout/other-ways.tsx'
import { redirectToOutcome, payOrder, renewTicket } from '#app/checkout/pay-order.server.ts'
import { allowStripe, findCardTaker } from '#app/checkout/payment-provider.server.ts'
import { ProblemNotice } from '#app/checkout/problem-notice.tsx'
import { useAskAgain } from '#app/checkout/use-ask-again.ts'
import { StripePayment } from '#app/checkout/stripe-payment.tsx'
import type { CheckoutProblem } from '#app/checkout/problem.ts'
import { thrownStatus } from '#app/checkout/thrown-status.server.ts'
import { Button } from '#app/design/button.tsx'
import { Notice } from '#app/design/notice.tsx'
import { isUuid } from '#app/forms/is-uuid.ts'
import { keepForm } from '#app/forms/keep-form.ts'
import { keepPage } from '#app/forms/keep-page.ts'
import { readForm } from '#app/forms/read-form.server.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { toolsFor, useI18n } from '#app/i18n/use-i18n.ts'
import { OrderLines } from '#app/order/order-lines.tsx'
import { pageMeta } from '#app/store/page-meta.ts'
import { placeOf } from '#app/store/place.server.ts'
import { StoreLink } from '#app/store/store-link.tsx'
import { useStore } from '#app/store/use-store.ts'
import { graphql } from '#generated/gql.ts'
import type { Route } from './+types/pay'
import '#app/checkout/checkout.css'

const PayPage = graphql(`
  query PayPage($id: ID!, $market: ID!) {
    order(id: $id) {
      ...OrderSummary
      amountDue {
        currency
        amount
      }
      transactions {
        id
        kind
        status
        bankTransfer {
          accountHolder
          iban
          bic
          reference
          amount {
            currency
            amount
          }
        }
      }
    }
    me {
      id
      storeCredit {
        currency
        amount
        minorUnits
      }
    }
    paymentMethods(marketId: $market)
  }
`)

const CancelOrder = graphql(`
  mutation CancelOrder($id: ID!) {
    cancelOrder(id: $id) {
      __typename
    }
  }
`)

export const meta: Route.MetaFunction = ({ params, loaderData }) => {
  const { t } = toolsFor(params.locale, params.market)
  return pageMeta(undefined, {
    title: `${t('pay.title', { number: loaderData.order.number })} · Maison`,
  })
}

export async function loader({ params, context, request }: Route.LoaderArgs) {
  const { base, market } = placeOf(params, request)
  if (!isUuid(params.id)) throw data(null, { status: 404 })
  const { order, me, paymentMethods } = await execute(context, PayPage, { id: params.id, market })
  if (order === null) throw data(null, { status: 404 })
  const isOver = order.status === 'EXPIRED' || order.status === 'CANCELED'
  if (order.status !== 'UNCONFIRMED' && !isOver) throw redirect(`${base}/orders/${order.id}/confirmation`)
  const takenBy = await findCardTaker(context)
  if (takenBy.kind === 'stripe') allowStripe(context)
  const search = new URL(request.url).searchParams
  const otherWays = {
    orderId: order.id,
    storeCredit:
      me?.storeCredit.find((one) => one.currency === order.total.currency && one.minorUnits !== '0') ?? null,
    takesTransfers: paymentMethods.includes('BANK_TRANSFER'),
    transfer:
      order.transactions.find((one) => one.kind === 'BANK_TRANSFER' && one.status === 'PENDING')
        ?.bankTransfer ?? null,
    problem: search.get('other'),
  }
  return { order, isOver, takenBy, otherWays, failed: search.get('failed') }
}

export async function action({ params, context, request }: Route.ActionArgs) {
  const { base } = placeOf(params)
  if (!isUuid(params.id)) throw data(null, { status: 404 })
  const form = await readForm(request)
  try {
    if (form.get('intent') === 'cancel') {
      await execute(context, CancelOrder, { id: params.id })
      return redirect(`${base}/orders/${params.id}/pay`)
    }
    const read = readCard(form, new Date())
    if ('errors' in read) return refuse({ kind: 'card', errors: read.errors }, 400)
    const paymentTicket = await renewTicket(context, params.id)
    // Paid in the meantime, or too late: the order's own page says which.
    if (paymentTicket === null) return redirect(`${base}/orders/${params.id}/pay`)
    const returnPath = `${base}/orders/${params.id}/confirmation`
    return redirectToOutcome(
      base,
      params.id,
      await payOrder(context, { paymentTicket, card: read.card, returnPath }),
    )
  } catch (error) {
    if ((thrownStatus(error) ?? 0) >= 500) return refuse({ kind: 'lost' }, 503)
    throw error
  }
}

function refuse(problem: CheckoutProblem, status: number) {
  return data({ problem }, { status })
}

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return keepForm(serverAction)
}

export const shouldRevalidate = keepPage

const askEveryMs = 5_000

export default function Pay({ loaderData, actionData }: Route.ComponentProps) {
  const { t, money } = useI18n()
  const { market } = useStore()
  const isPending = useNavigation().state !== 'idle'
  const { order, isOver, takenBy, otherWays, failed } = loaderData
  // Gift cards and store credit may have paid a part.
  const due = order.amountDue ?? order.total
  // An earlier try may still go through at the bank: the loader then leads to the confirmation.
  useAskAgain(!isOver && !isPending, askEveryMs)
  const problem: CheckoutProblem | undefined = actionData?.problem
  if (isOver) {
    const kind = order.status === 'EXPIRED' ? 'expired' : 'canceled'
    return (
      <div className="wrap">
        <div className="empty">
          <h1>{t(`pay.${kind}-title`)}</h1>
          <p>{t(`pay.${kind}`, { number: order.number })}</p>
          <StoreLink className="button button-primary" to="">
            {t('confirmation.go-on')}
          </StoreLink>
        </div>
      </div>
    )
  }
  return (
    <div className="wrap">
      <header className="page-head">
        <h1 className="title-m">{t('pay.title', { number: order.number })}</h1>
        {order.expiresAt === null ? null : (
          <HeldClock until={order.expiresAt} heldMinutes={market.reservationMinutes} />
        )}
      </header>
      <div className="checkout-columns">
        <div className="checkout-main checkout-step">
          {problem === undefined ? <FailureNotice reason={failed} /> : <ProblemNotice problem={problem} />}
          {takenBy.kind === 'stripe' ? (
            <StripePayment orderId={order.id} amount={money(due)} publishableKey={takenBy.publishableKey} />
          ) : takenBy.kind === 'unknown' ? (
            <BankSilent />
          ) : (
            <Form method="post" className="form">
              <CardFields errors={problem?.kind === 'card' ? problem.errors : {}} />
              <Button kind="primary" wide pending={isPending}>
                {t('checkout.pay', { amount: money(due) })}
              </Button>
            </Form>
          )}
          <OtherWays {...otherWays} />
          <Form method="post">
            <input type="hidden" name="intent" value="cancel" />
            <Button kind="text">{t('pay.cancel')}</Button>
          </Form>
          {takenBy.kind === 'sandbox' ? <DemoCards /> : null}
        </div>
        <aside className="checkout-summary" aria-label={t('checkout.summary')}>
          <h2 className="title-s">{t('checkout.summary')}</h2>
          <OrderLines order={order} />
        </aside>
      </div>
    </div>
  )
}

function FailureNotice({ reason }: { reason: string | null }) {
  const { t } = useI18n()
  if (reason === null) return null
  if (reason === 'unavailable' || reason === 'expired') {
    return (
      <Notice tone="careful" title={t('checkout.provider-unavailable-title')}>
        {t('checkout.provider-unavailable')}
      </Notice>
    )
  }
  return (
    <Notice tone="bad" title={t('pay.failed-title')}>
      <p>{t(`pay.failed.${failureReason(reason)}`)}</p>
      <p>{t('checkout.not-charged')}</p>
    </Notice>
  )
}
