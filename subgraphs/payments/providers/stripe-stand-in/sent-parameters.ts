// What the house sends to each endpoint, and nothing else: its names are those of the client's own types, so that this
// table can't have a parameter that Stripe's version does not.
import type Stripe from 'stripe'
import type { Shape } from './check-parameters.ts'

type Sent<Params> = { [Name in keyof Params]?: Shape }

const text: Shape = { type: 'string', maxLength: 5000 }
const integer: Shape = { type: 'integer' }
const expand: Shape = { type: 'array', items: text }
/** Stripe takes 50 keys of 40 characters with values of 500. */
const metadata: Shape = { type: 'object', additionalProperties: { type: 'string', maxLength: 500 } }
const range: Shape = {
  type: 'object',
  properties: { gt: integer, gte: integer, lt: integer, lte: integer },
}
const page = { limit: integer, starting_after: text, ending_before: text, expand }

function only<Params>(properties: Sent<Params>, required: readonly (keyof Params & string)[] = []): Shape {
  return { type: 'object', properties: properties as Readonly<Record<string, Shape>>, required }
}

export const sentParameters: Readonly<Record<string, Shape>> = {
  'POST /v1/payment_intents': only<Stripe.PaymentIntentCreateParams>(
    {
      amount: integer,
      currency: { type: 'string', maxLength: 3 },
      capture_method: { type: 'string', enum: ['automatic', 'automatic_async', 'manual'] },
      automatic_payment_methods: {
        type: 'object',
        properties: { enabled: { type: 'boolean' } },
        required: ['enabled'],
      },
      metadata,
    },
    ['amount', 'currency'],
  ),
  'GET /v1/payment_intents': only<Stripe.PaymentIntentListParams>({ ...page, created: range }),
  'GET /v1/payment_intents/search': only<Stripe.PaymentIntentSearchParams>({ query: text, limit: integer }, [
    'query',
  ]),
  'GET /v1/payment_intents/{intent}': only<Stripe.PaymentIntentRetrieveParams>({ expand }),
  'POST /v1/payment_intents/{intent}/cancel': only<Stripe.PaymentIntentCancelParams>({
    cancellation_reason: text,
  }),
  'POST /v1/payment_intents/{intent}/capture': only<Stripe.PaymentIntentCaptureParams>({
    amount_to_capture: integer,
  }),
  'POST /v1/refunds': only<Stripe.RefundCreateParams>({ payment_intent: text, amount: integer, metadata }),
  'GET /v1/refunds': only<Stripe.RefundListParams>({ ...page, payment_intent: text }),
  'GET /v1/refunds/{refund}': only<Stripe.RefundRetrieveParams>({ expand }),
  'GET /v1/disputes': only<Stripe.DisputeListParams>({ ...page, payment_intent: text }),
  'GET /v1/events': only<Stripe.EventListParams>({
    ...page,
    created: range,
    types: { type: 'array', items: text },
  }),
  'GET /v1/balance': only<Stripe.BalanceRetrieveParams>({ expand }),
}
