import { data, redirect } from 'react-router'
import { beginPayment, renewTicket } from '#app/checkout/pay-order.server.ts'
import type { CardPlace } from '#app/checkout/card-place.ts'
import { thrownStatus } from '#app/checkout/thrown-status.server.ts'
import { isUuid } from '#app/forms/is-uuid.ts'
import { placeOf } from '#app/store/place.server.ts'
import type { Route } from './+types/begin-payment'

/** What a provider's own card form begins with. An order that cannot be paid any more leads to its page, which says why. */
export async function action({ params, context }: Route.ActionArgs) {
  const { base } = placeOf(params)
  if (!isUuid(params.id)) throw data(null, { status: 404 })
  const order = `${base}/orders/${params.id}`
  try {
    const paymentTicket = await renewTicket(context, params.id)
    if (paymentTicket === null) throw redirect(`${order}/pay`)
    const begun = await beginPayment(context, { paymentTicket, returnPath: `${order}/confirmation` })
    switch (begun.kind) {
      case 'begun':
        return data<CardPlace>({ kind: 'open', clientSecret: begun.client.clientSecret })
      case 'settled':
        throw redirect(`${order}/confirmation`)
      case 'expired':
        throw redirect(`${order}/pay`)
      case 'unavailable':
        return data<CardPlace>({ kind: 'unavailable' }, { status: 503 })
    }
  } catch (error) {
    if ((thrownStatus(error) ?? 0) >= 500) return data<CardPlace>({ kind: 'unavailable' }, { status: 503 })
    throw error
  }
}

export async function clientAction({ serverAction }: Route.ClientActionArgs): Promise<CardPlace> {
  try {
    return await serverAction()
  } catch (error) {
    if (error instanceof TypeError) return { kind: 'unavailable' }
    throw error
  }
}
