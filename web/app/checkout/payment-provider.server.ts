import type { RouterContextProvider } from 'react-router'
import { foreignSourcesContext } from '#app/design/foreign-sources.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { graphql } from '#generated/gql.ts'
import type { CardTaker } from './card-taker.ts'
import { thrownStatus } from './thrown-status.server.ts'

const PaymentProviderName = graphql(`
  query PaymentProviderName {
    paymentProvider {
      name
      publishableKey
    }
  }
`)

/** Who takes the card. Unknown while payments do not answer: then no card is asked for, since nobody may see it. */
export async function findCardTaker(context: Readonly<RouterContextProvider>): Promise<CardTaker> {
  try {
    const { name, publishableKey } = (await execute(context, PaymentProviderName)).paymentProvider
    if (name === 'sandbox') return { kind: 'sandbox' }
    return name === 'stripe' && publishableKey !== null
      ? { kind: 'stripe', publishableKey }
      : { kind: 'unknown' }
  } catch (error) {
    if ((thrownStatus(error) ?? 0) >= 500) return { kind: 'unknown' }
    throw error
  }
}

/** Lets the document of this request load Stripe's script, its frames and ask its API: the hosts Stripe documents. */
export function allowStripe(context: Readonly<RouterContextProvider>): void {
  const scripts = ['https://js.stripe.com', 'https://*.js.stripe.com']
  context.set(foreignSourcesContext, {
    scripts,
    frames: [...scripts, 'https://hooks.stripe.com'],
    connections: ['https://api.stripe.com'],
  })
}
