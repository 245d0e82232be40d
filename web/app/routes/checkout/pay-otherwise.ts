import { data, redirectDocument } from 'react-router'
import { renewTicket } from '#app/checkout/pay-order.server.ts'
import { payOtherwise } from '#app/checkout/pay-otherwise.server.ts'
import { isUuid } from '#app/forms/is-uuid.ts'
import { readForm } from '#app/forms/read-form.server.ts'
import { placeOf } from '#app/store/place.server.ts'
import type { Route } from './+types/pay-otherwise'

/** A gift card, store credit or a transfer. A whole new page follows: a card form that is open asks for another amount. */
export async function action({ params, context, request }: Route.ActionArgs) {
  const { base } = placeOf(params)
  if (!isUuid(params.id)) throw data(null, { status: 404 })
  const order = `${base}/orders/${params.id}`
  const form = await readForm(request)
  const paymentTicket = await renewTicket(context, params.id)
  // Paid in the meantime, or too late: the order's own page says which.
  if (paymentTicket === null) return redirectDocument(`${order}/pay`)
  const outcome = await payOtherwise(context, { paymentTicket, form })
  if (outcome === 'settled') return redirectDocument(`${order}/confirmation`)
  return redirectDocument(outcome === 'goes-on' ? `${order}/pay` : `${order}/pay?other=${outcome}`)
}
