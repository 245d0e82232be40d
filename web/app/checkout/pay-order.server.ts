import { redirect, redirectDocument, type RouterContextProvider } from 'react-router'
import { execute } from '#app/graphql/execute.server.ts'
import { houseContext } from '#app/session/house.ts'
import { nextPath } from '#app/session/next-path.ts'
import { graphql } from '#generated/gql.ts'
import type { Card } from './card.ts'

const StartPayment = graphql(`
  mutation StartPayment($input: StartPaymentInput!) {
    startPayment(input: $input) {
      __typename
      ... on StartPaymentSuccess {
        client {
          provider
          reference
          clientSecret
        }
      }
    }
  }
`)

const RenewPaymentTicket = graphql(`
  mutation RenewPaymentTicket($orderId: ID!) {
    renewPaymentTicket(orderId: $orderId) {
      __typename
      ... on RenewPaymentTicketSuccess {
        paymentTicket
      }
    }
  }
`)

/** Where paying leads: a path to go to, or the reason it did not go through (a key of `pay.failed.*` or of its own). */
export type PaymentOutcome =
  | { kind: 'settled' }
  | { kind: 'challenge'; path: string }
  | { kind: 'failed'; reason: string }
  | { kind: 'unavailable' }
  | { kind: 'expired' }
  | { kind: 'elsewhere' }

interface Payment {
  paymentTicket: string
  /** Where the bank sends the shopper back to. */
  returnPath: string
}

/** An attempt that waits for a card, or why there is none. */
export type BegunPayment =
  | { kind: 'begun'; client: { provider: string; reference: string; clientSecret: string } }
  | { kind: 'settled' | 'unavailable' | 'expired' }

/** A new ticket for an order that is still unpaid; null when it cannot be paid any more. */
export async function renewTicket(
  context: Readonly<RouterContextProvider>,
  orderId: string,
): Promise<string | null> {
  const { renewPaymentTicket } = await execute(context, RenewPaymentTicket, { orderId })
  return renewPaymentTicket.__typename === 'RenewPaymentTicketSuccess'
    ? renewPaymentTicket.paymentTicket
    : null
}

/**
 * Starts paying an order, or goes on with the attempt under way. Never throws for a dependency that does not answer: the
 * order stands and its goods are held, so the shopper is told to try again on the same order.
 */
export async function beginPayment(
  context: Readonly<RouterContextProvider>,
  input: Payment,
): Promise<BegunPayment> {
  try {
    const { startPayment } = await execute(context, StartPayment, { input })
    switch (startPayment.__typename) {
      case 'AlreadyPaidError':
        return { kind: 'settled' }
      case 'TicketInvalidError':
        return { kind: 'expired' }
      case 'PaymentProviderUnavailableError':
        return { kind: 'unavailable' }
      case 'StartPaymentSuccess':
        return { kind: 'begun', client: startPayment.client }
    }
  } catch {
    // `execute` has logged it.
    return { kind: 'unavailable' }
  }
}

/** One try to pay an order with a card, which only the sandbox takes through here. Never throws, as above. */
export async function payOrder(
  context: Readonly<RouterContextProvider>,
  { card, ...payment }: Payment & { card: Card },
): Promise<PaymentOutcome> {
  const begun = await beginPayment(context, payment)
  if (begun.kind !== 'begun') return begun
  // Other providers take the card in a frame of their own, which never passes through here.
  if (begun.client.provider !== 'sandbox') return { kind: 'elsewhere' }
  try {
    return await confirmAtSandbox(context, begun.client, card)
  } catch {
    // An answer of the sandbox that did not come holds nothing to log but the card.
    return { kind: 'unavailable' }
  }
}

interface SandboxAnswer {
  status: 'succeeded' | 'processing' | 'requires_action' | 'failed'
  failureCode?: string
  redirectPath?: string
}

async function confirmAtSandbox(
  context: Readonly<RouterContextProvider>,
  client: { reference: string; clientSecret: string },
  card: Card,
): Promise<PaymentOutcome> {
  const house = context.get(houseContext)
  const address = new URL(
    `/sandbox/intents/${encodeURIComponent(client.reference)}/confirm`,
    house.graphqlUrl,
  )
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': house.requestId },
    body: JSON.stringify({ clientSecret: client.clientSecret, ...card }),
    signal: AbortSignal.timeout(15_000),
  })
  if (!response.ok) return { kind: 'unavailable' }
  const answer = (await response.json()) as SandboxAnswer
  if (answer.status === 'failed') return { kind: 'failed', reason: answer.failureCode ?? 'other' }
  if (answer.status === 'requires_action') {
    const path = nextPath(answer.redirectPath ?? null)
    return path === null ? { kind: 'unavailable' } : { kind: 'challenge', path }
  }
  return { kind: 'settled' }
}

/** To the page that shows an outcome. The order exists: every way leads to it, never back to the bag. */
export function redirectToOutcome(base: string, orderId: string, outcome: PaymentOutcome): Response {
  switch (outcome.kind) {
    case 'settled':
      return redirect(`${base}/orders/${orderId}/confirmation`)
    case 'challenge':
      // The bank's page is not one of ours: the browser goes there, not the router.
      return redirectDocument(outcome.path)
    case 'failed':
      return redirect(`${base}/orders/${orderId}/pay?failed=${encodeURIComponent(outcome.reason)}`)
    case 'elsewhere':
      // The page that takes the card elsewhere allows that provider's script, which only a new document can.
      return redirectDocument(`${base}/orders/${orderId}/pay`)
    default:
      return redirect(`${base}/orders/${orderId}/pay?failed=${outcome.kind}`)
  }
}
