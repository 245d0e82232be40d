// The three forms of the checkout. Each leads on by redirect or says what stands in its way.
import { data, redirect, type RouterContextProvider } from 'react-router'
import { execute } from '#app/graphql/execute.server.ts'
import { isUuid } from '#app/forms/is-uuid.ts'
import { readText } from '#app/forms/read-text.ts'
import { getSession } from '#app/session/session.server.ts'
import type { PagePlace } from '#app/store/place.server.ts'
import { graphql } from '#generated/gql.ts'
import { addressFields, readAddress } from './address-form.ts'
import { readCard } from './card.ts'
import { findBoutiques } from './find-boutiques.server.ts'
import { findKeptAddress, findKeptPickUp, keepAddress, keepPickUp } from './kept-address.server.ts'
import { readPickUp } from './pick-up-form.ts'
import { readLines } from './order-lines-field.ts'
import { redirectToOutcome, payOrder } from './pay-order.server.ts'
import { placeOrder } from './place-order.server.ts'
import type { CheckoutProblem, OrderForm } from './problem.ts'
import { thrownStatus } from './thrown-status.server.ts'

const ContinueAsGuest = graphql(`
  mutation ContinueAsGuest($input: ContinueAsGuestInput!) {
    continueAsGuest(input: $input) {
      __typename
      ... on SignInSuccess {
        session {
          ...SessionFields
        }
      }
    }
  }
`)

const Countries = graphql(`
  query Countries($market: ID!) {
    market(id: $market) {
      id
      countries
    }
  }
`)

const GuestEmail = graphql(`
  query GuestEmail {
    me {
      id
      email
      isGuest
    }
  }
`)

export interface StepCall {
  context: Readonly<RouterContextProvider>
  place: PagePlace
  form: FormData
}

export function refuse(problem: CheckoutProblem, status = 400) {
  return data({ problem }, { status })
}

/** Who buys: makes a guest of whoever is not signed in. The bag stays as it is, so another address can be given later. */
export async function submitContact({ context, place, form }: StepCall) {
  const email = readText(form, 'email')
  const values = { email, givenName: readText(form, 'givenName'), familyName: readText(form, 'familyName') }
  const next = redirect(`${place.base}/checkout?step=shipping`)
  const { me } = await execute(context, GuestEmail)
  if (me !== null && (!me.isGuest || me.email === email.toLowerCase())) return next
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) return refuse({ kind: 'contact', values })
  const { continueAsGuest } = await execute(context, ContinueAsGuest, {
    input: {
      email,
      givenName: values.givenName || null,
      familyName: values.familyName || null,
      locale: place.locale,
    },
  })
  if (continueAsGuest.__typename !== 'SignInSuccess') return refuse({ kind: 'contact', values })
  getSession(context).signIn(continueAsGuest.session)
  return next
}

export async function submitShipping({ context, place, form }: StepCall) {
  const result = readAddress(form, await countriesOf(context, place))
  if ('errors' in result) {
    const fields = ['country', ...addressFields(readText(form, 'country')).map((rule) => rule.field)]
    const values = Object.fromEntries(fields.map((field) => [field, readText(form, field)]))
    return refuse({ kind: 'address', values, errors: result.errors })
  }
  keepAddress(getSession(context).cookies, result.address)
  return redirect(`${place.base}/checkout?step=payment`)
}

/** Instead of an address: the boutique where it is collected. */
export async function submitCollect({ context, place, form }: StepCall) {
  const boutiques = await findBoutiques(context, place.market)
  const result = readPickUp(
    form,
    boutiques.map((boutique) => boutique.id),
  )
  if ('errors' in result) {
    const values = Object.fromEntries(
      ['shopId', 'name', 'phone'].map((field) => [field, readText(form, field)]),
    )
    return refuse({ kind: 'collect', values, errors: result.errors })
  }
  keepPickUp(getSession(context).cookies, result.pickUp)
  return redirect(`${place.base}/checkout?step=payment`)
}

/** Places the order and tries to pay it. From the moment it is placed, every way leads to the order. */
export async function submitPayment({ context, place, form }: StepCall) {
  const sent: OrderForm = {
    lines: readText(form, 'lines'),
    expectedTotal: readText(form, 'expectedTotal'),
    idempotencyKey: readText(form, 'idempotencyKey'),
    voucherCodes: readText(form, 'voucherCodes'),
    shippingMethodId: readText(form, 'shippingMethodId'),
  }
  const lines = readLines(sent.lines)
  if (lines === null || !isUuid(sent.idempotencyKey) || !/^\d{1,18}$/.test(sent.expectedTotal))
    return refuse({ kind: 'stale' }, 409)
  // Without card fields the form is that of a provider who takes the card on the order's own page; there are the other ways
  // to pay, too.
  const isCardHere = form.has('cardNumber') && form.get('way') !== 'other'
  const read = isCardHere ? readCard(form, new Date()) : { card: null }
  if ('errors' in read) return refuse({ kind: 'card', errors: read.errors, form: sent })
  const session = getSession(context)
  const to = await findDestination({ context, place })
  if (to === null || (await session.viewer()) === null) return redirect(`${place.base}/checkout`)

  const cartId = session.cart()?.id ?? null
  let placed: Awaited<ReturnType<typeof placeOrder>>
  try {
    placed = await placeOrder(context, {
      ...(cartId === null ? {} : { cartId }),
      market: place.market,
      lines,
      voucherCodes: sent.voucherCodes.split(',').filter((code) => code !== ''),
      shippingMethodId: 'pickUpShopId' in to ? null : sent.shippingMethodId || null,
      ...to,
      expectedTotal: sent.expectedTotal,
      locale: place.locale,
      idempotencyKey: sent.idempotencyKey,
    })
  } catch (error) {
    // Another order was sent with this form's key, from another tab: show the page anew, with a new key.
    if (thrownStatus(error) === 409) return refuse({ kind: 'stale' }, 409)
    if ((thrownStatus(error) ?? 0) >= 500) return refuse({ kind: 'lost', form: sent }, 503)
    throw error
  }
  switch (placed.__typename) {
    case 'OutOfStockError':
      return refuse(
        {
          kind: 'stock',
          lines: placed.lines.map((line) => ({ name: line.variant.product.name, available: line.available })),
        },
        409,
      )
    case 'PriceChangedError':
      return refuse({ kind: 'price', expected: placed.expected, actual: placed.actual }, 409)
    case 'VoucherRefusedError':
      return refuse({ kind: 'voucher', code: placed.code, reason: placed.reason }, 409)
    case 'NotSoldHereError':
      return refuse({ kind: 'market', names: placed.variants.map((variant) => variant.product.name) }, 409)
    case 'InvalidInputError':
      return refuse({ kind: 'input', detail: placed.message })
    case 'PlaceOrderSuccess': {
      const { order, paymentTicket } = placed
      if (read.card === null) return redirectToOutcome(place.base, order.id, { kind: 'elsewhere' })
      const returnPath = `${place.base}/orders/${order.id}/confirmation`
      const outcome = await payOrder(context, { paymentTicket, card: read.card, returnPath })
      return redirectToOutcome(place.base, order.id, outcome)
    }
  }
}

/** Where the order goes, as the steps before have kept it; null when they have not. */
async function findDestination({ context, place }: Pick<StepCall, 'context' | 'place'>) {
  const { cookies } = getSession(context)
  const boutiques = await findBoutiques(context, place.market)
  const pickUp = findKeptPickUp(
    cookies,
    boutiques.map((boutique) => boutique.id),
  )
  if (pickUp) return { pickUpShopId: pickUp.shopId, collector: { name: pickUp.name, phone: pickUp.phone } }
  const shippingAddress = findKeptAddress(cookies, await countriesOf(context, place))
  return shippingAddress && { shippingAddress }
}

export async function countriesOf(
  context: StepCall['context'],
  place: PagePlace,
): Promise<readonly string[]> {
  return (await execute(context, Countries, { market: place.market })).market?.countries ?? []
}
