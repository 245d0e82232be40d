import { randomUUID } from 'node:crypto'
import { redirect } from 'react-router'
import { findCartKey, loadCart } from '#app/cart/load-cart.server.ts'
import { CheckoutSummary } from '#app/checkout/checkout-summary.tsx'
import { checkoutSteps, stepToShow, type CheckoutStep } from '#app/checkout/checkout-steps.ts'
import {
  refuse,
  submitCollect,
  submitContact,
  submitPayment,
  submitShipping,
} from '#app/checkout/checkout-action.server.ts'
import { ContactStep } from '#app/checkout/contact-step.tsx'
import { findBoutiques, findStockOf } from '#app/checkout/find-boutiques.server.ts'
import { PickUpChoice } from '#app/checkout/pick-up-choice.tsx'
import { findKeptAddress, findKeptPickUp } from '#app/checkout/kept-address.server.ts'
import { writeLines } from '#app/checkout/order-lines-field.ts'
import { findCardTaker } from '#app/checkout/payment-provider.server.ts'
import { PaymentStep } from '#app/checkout/payment-step.tsx'
import { ProblemNotice } from '#app/checkout/problem-notice.tsx'
import { isOutdated, type CheckoutProblem } from '#app/checkout/problem.ts'
import { ShippingStep } from '#app/checkout/shipping-step.tsx'
import { thrownStatus } from '#app/checkout/thrown-status.server.ts'
import { keepForm } from '#app/forms/keep-form.ts'
import { readForm } from '#app/forms/read-form.server.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { toolsFor, useI18n } from '#app/i18n/use-i18n.ts'
import { getSession } from '#app/session/session.server.ts'
import { pageMeta } from '#app/store/page-meta.ts'
import { placeOf } from '#app/store/place.server.ts'
import { StoreLink } from '#app/store/store-link.tsx'
import { graphql } from '#generated/gql.ts'
import type { Route } from './+types/checkout'
import '#app/checkout/checkout.css'

const CheckoutPage = graphql(`
  query CheckoutPage($market: ID!) {
    market(id: $market) {
      id
      countries
    }
    me {
      id
      email
      givenName
      familyName
      isGuest
    }
  }
`)

export const meta: Route.MetaFunction = ({ params }) =>
  pageMeta(undefined, { title: `${toolsFor(params.locale, params.market).t('checkout.title')} · Maison` })

export async function loader({ params, context, request }: Route.LoaderArgs) {
  const place = placeOf(params, request)
  const { me, market } = await execute(context, CheckoutPage, { market: place.market })
  const countries = market?.countries ?? []
  const address = findKeptAddress(getSession(context).cookies, countries)
  const boutiques = await findBoutiques(context, place.market)
  const pickUp = findKeptPickUp(
    getSession(context).cookies,
    boutiques.map((boutique) => boutique.id),
  )
  const cart = await loadCart(
    context,
    place,
    pickUp ? { pickUpShopId: pickUp.shopId } : { country: address?.country ?? null },
  )
  const quote = cart?.quote ?? null
  if (cart === null || quote === null) throw redirect(`${place.base}/cart`)
  const step = stepToShow(new URL(request.url).searchParams.get('step'), {
    contact: me !== null,
    shipping: address !== null || pickUp !== null,
  })
  const lines = cart.lines.map((line) => ({ variantId: line.variant.id, quantity: line.quantity }))
  const form = {
    lines: writeLines(lines),
    expectedTotal: quote.total.minorUnits,
    idempotencyKey: randomUUID(),
    voucherCodes: quote.vouchers.flatMap(({ code, refusal }) => (refusal === null ? [code] : [])).join(','),
    shippingMethodId: quote.shippingMethods.find((choice) => choice.isChosen)?.method.id ?? '',
  }
  const takenBy = step === 'payment' ? await findCardTaker(context) : null
  const key = step === 'shipping' ? await findCartKey(context) : null
  const collectIn = key
    ? await findStockOf(context, boutiques, { cart, token: key.token, market: place.market })
    : []
  const collected = boutiques.find((boutique) => boutique.id === pickUp?.shopId)?.name ?? null
  return { step, me, address, pickUp, collected, collectIn, countries, cart, quote, form, takenBy }
}

export async function action({ params, context, request }: Route.ActionArgs) {
  const call = { context, place: placeOf(params), form: await readForm(request) }
  try {
    switch (call.form.get('intent')) {
      case 'contact':
        return await submitContact(call)
      case 'shipping':
        return await submitShipping(call)
      case 'collect':
        return await submitCollect(call)
      default:
        return await submitPayment(call)
    }
  } catch (error) {
    if ((thrownStatus(error) ?? 0) >= 500) return refuse({ kind: 'lost' }, 503)
    throw error
  }
}

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return keepForm(serverAction)
}

/** After a refusal the page keeps what it shows, except when the goods or their prices are not what it shows. */
export function shouldRevalidate({
  actionResult,
  defaultShouldRevalidate,
}: {
  actionResult?: { problem?: CheckoutProblem }
  defaultShouldRevalidate: boolean
}) {
  const problem = actionResult?.problem
  return problem === undefined ? defaultShouldRevalidate : isOutdated(problem)
}

export default function Checkout({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useI18n()
  const { step, me, address, pickUp, collected, countries, cart, quote, takenBy } = loaderData
  const problem: CheckoutProblem | undefined = actionData?.problem
  const sent = problem?.kind === 'card' || problem?.kind === 'lost' ? problem.form : undefined
  const name = [me?.givenName, me?.familyName].filter(Boolean).join(' ')
  return (
    <div className="wrap">
      <header className="page-head">
        <h1 className="title-m">{t('checkout.title')}</h1>
        <ol className="checkout-steps" aria-label={t('checkout.steps')}>
          {checkoutSteps.map((each) => (
            <li key={each} aria-current={each === step ? 'step' : undefined}>
              {t(`checkout.step-${each}`)}
            </li>
          ))}
        </ol>
      </header>
      <div className="checkout-columns">
        <div className="checkout-main">
          {step === 'contact' || me === null ? null : <DoneStep step="contact">{me.email}</DoneStep>}
          {step !== 'payment' || collected === null ? null : <DoneStep step="shipping">{collected}</DoneStep>}
          {step !== 'payment' || address === null || collected !== null ? null : (
            <DoneStep step="shipping">{[address.name, ...address.lines, address.city].join(', ')}</DoneStep>
          )}
          {step !== 'payment' && problem?.kind === 'lost' ? <ProblemNotice problem={problem} /> : null}
          {step === 'contact' ? <ContactStep me={me} problem={problem} /> : null}
          {step === 'shipping' ? (
            <>
              <ShippingStep countries={countries} address={address} name={name} problem={problem} />
              <PickUpChoice boutiques={loaderData.collectIn} pickUp={pickUp} name={name} problem={problem} />
            </>
          ) : null}
          {takenBy === null ? null : (
            <PaymentStep
              takenBy={takenBy}
              form={sent ?? loaderData.form}
              total={quote.total}
              canPay={quote.problems.length === 0}
              problem={problem}
            />
          )}
        </div>
        <CheckoutSummary cart={cart} quote={quote} />
      </div>
    </div>
  )
}

function DoneStep({ step, children }: { step: CheckoutStep; children: string }) {
  const { t } = useI18n()
  return (
    <div className="checkout-done">
      <p>
        <span className="soft small">{t(`checkout.step-${step}`)}</span>
        <br />
        {children}
      </p>
      <StoreLink className="small" to={`/checkout?step=${step}`}>
        {t('checkout.change')}
      </StoreLink>
    </div>
  )
}
