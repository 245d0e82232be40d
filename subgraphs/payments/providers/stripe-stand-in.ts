// Stripe's HTTP API as far as paying needs it, so that the real client is tested over a real connection. Its objects are
// Stripe's own examples with the fields changed that matter; it keeps books by idempotency key as Stripe does.
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { listen, readBody } from '#platform/server/http-server.ts'

type Fields = Record<string, unknown>

export interface StripeExamples {
  payment_intent: Fields
  refund: Fields
  event: Fields
}

export type Trouble =
  /** The work is done, and the connection breaks before the answer. */
  | 'answer-lost'
  /** The work is done, the answer is a 500, and the same 500 is saved under the key. */
  | 'saved-500'
  /** Nothing is done; too many requests. */
  | 'rate-limited'

interface Answer {
  status: number
  body: Fields
}

export async function startStripeStandIn(examples: StripeExamples) {
  const intents = new Map<string, Fields>()
  const refunds = new Map<string, Fields>()
  const saved = new Map<string, Answer>()
  const created: string[] = []
  let trouble: { kind: Trouble; times: number } | null = null
  const id = (prefix: string) => `${prefix}_${randomBytes(8).toString('hex')}`
  const seconds = () => Math.floor(Date.now() / 1000)

  const server = await listen(
    (request, response) => {
      answer(request, response).catch(() => response.destroy())
    },
    { port: 0 },
  )

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams((await readBody(request, 100_000)).toString())
    const key = String(request.headers['idempotency-key'] ?? '')
    const isMaking = request.method === 'POST' && /\/(payment_intents|refunds)$/.test(request.url ?? '')
    const trap = isMaking ? takeTrouble() : null
    let made = isMaking ? saved.get(key) : undefined
    if (!made && trap === 'rate-limited') made = failure(429, 'rate_limit', 'Too many requests.')
    else if (!made) {
      made = work(request.method ?? '', new URL(request.url ?? '', 'http://stripe'), form)
      if (trap === 'saved-500') made = failure(500, 'api_error', 'Something went wrong on Stripe’s end.')
      if (isMaking) saved.set(key, made)
    }
    if (trap === 'answer-lost') {
      response.destroy()
      return
    }
    response.writeHead(made.status, { 'content-type': 'application/json', 'stripe-should-retry': 'false' })
    response.end(JSON.stringify(made.body))
  }

  function takeTrouble(): Trouble | null {
    if (!trouble || trouble.times === 0) return null
    trouble.times -= 1
    return trouble.kind
  }

  function work(method: string, { pathname, searchParams }: URL, form: URLSearchParams): Answer {
    const [, , kind = '', reference, action] = pathname.split('/')
    // Stripe's index lags: what was just made is not in it.
    if (reference === 'search')
      return { status: 200, body: { object: 'search_result', data: [], has_more: false } }
    const intent = reference === undefined ? undefined : intents.get(reference)
    if (kind === 'payment_intents' && method === 'POST' && reference === undefined) return makeIntent(form)
    if (kind === 'payment_intents' && method === 'GET' && reference === undefined) {
      const since = Number(searchParams.get('created[gte]') ?? 0)
      const data = [...intents.values()].filter((made) => Number(made.created) >= since)
      return { status: 200, body: { object: 'list', data, has_more: false, url: '/v1/payment_intents' } }
    }
    if (kind === 'payment_intents' && intent && action === 'cancel') return cancel(intent)
    if (kind === 'payment_intents' && intent && action === 'confirm') return confirm(intent, form)
    if (kind === 'payment_intents' && intent) return { status: 200, body: intent }
    if (kind === 'refunds') return makeRefund(form)
    return failure(404, 'invalid_request_error', `No such thing: ${pathname}`, 'resource_missing')
  }

  function makeIntent(form: URLSearchParams): Answer {
    if (
      form.get('automatic_payment_methods[enabled]') !== 'true' ||
      [...form.keys()].some((name) => name.startsWith('payment_method_types'))
    ) {
      return failure(400, 'invalid_request_error', 'Use automatic_payment_methods.', 'parameter_unknown')
    }
    const amount = Number(form.get('amount'))
    if (amount < 50) return failure(400, 'invalid_request_error', 'Amount is too small.', 'amount_too_small')
    const reference = id('pi')
    const metadata = Object.fromEntries(
      [...form].flatMap(([name, value]) => {
        const field = /^metadata\[(\w+)\]$/.exec(name)?.[1]
        return field === undefined ? [] : [[field, value] as const]
      }),
    )
    const intent = {
      ...examples.payment_intent,
      id: reference,
      client_secret: `${reference}_secret_${randomBytes(8).toString('hex')}`,
      amount,
      currency: form.get('currency'),
      created: seconds(),
      metadata,
      status: 'requires_payment_method',
      last_payment_error: null,
      latest_charge: null,
      next_action: null,
    }
    intents.set(reference, intent)
    created.push(reference)
    return { status: 200, body: intent }
  }

  /** As Stripe's script does it in the page, with the publishable key and the attempt's own secret. */
  function confirm(intent: Fields, form: URLSearchParams): Answer {
    if (form.get('client_secret') !== intent.client_secret) {
      return failure(400, 'invalid_request_error', 'The client_secret is wrong.', 'parameter_invalid')
    }
    if (intent.status !== 'requires_payment_method') {
      const message = `You cannot confirm this PaymentIntent because it has a status of ${String(intent.status)}.`
      const { status, body } = failure(
        400,
        'invalid_request_error',
        message,
        'payment_intent_unexpected_state',
      )
      return { status, body: { error: { ...(body.error as Fields), payment_intent: intent } } }
    }
    const reference = String(intent.id)
    if (form.get('payment_method_data[card][number]') === '4000000000000002') {
      decline(reference, 'card_declined', 'generic_decline')
      return {
        status: 402,
        body: { error: { ...(intent.last_payment_error as Fields), payment_intent: intent } },
      }
    }
    succeed(reference)
    return { status: 200, body: intent }
  }

  function cancel(intent: Fields): Answer {
    if (intent.status === 'succeeded' || intent.status === 'processing' || intent.status === 'canceled') {
      const message = `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`
      return failure(400, 'invalid_request_error', message, 'payment_intent_unexpected_state')
    }
    return { status: 200, body: Object.assign(intent, { status: 'canceled', canceled_at: seconds() }) }
  }

  function makeRefund(form: URLSearchParams): Answer {
    const intent = intents.get(form.get('payment_intent') ?? '')
    const amount = Number(form.get('amount'))
    const before = [...refunds.values()]
      .filter((refund) => refund.payment_intent === intent?.id)
      .reduce((sum, refund) => sum + Number(refund.amount), 0)
    if (intent?.status !== 'succeeded' || before + amount > Number(intent.amount_received)) {
      const message = 'Refund amount is greater than unrefunded amount on charge.'
      return failure(400, 'invalid_request_error', message, 'charge_already_refunded')
    }
    const refund = {
      ...examples.refund,
      id: id('re'),
      amount,
      currency: intent.currency,
      payment_intent: intent.id,
      charge: intent.latest_charge,
      status: 'succeeded',
    }
    refunds.set(refund.id, refund)
    return { status: 200, body: refund }
  }

  function change(reference: string, fields: Fields): Fields {
    const intent = intents.get(reference)
    if (!intent) throw new Error(`No intent ${reference}`)
    return Object.assign(intent, fields)
  }

  /** The shopper's card is charged, with the amount that was asked for unless told. */
  function succeed(reference: string, amountReceived?: number): void {
    const amount = amountReceived ?? Number(intents.get(reference)?.amount)
    change(reference, {
      status: 'succeeded',
      amount_received: amount,
      latest_charge: id('ch'),
      payment_method: id('pm'),
      last_payment_error: null,
    })
  }

  function decline(reference: string, code: string, declineCode: string): void {
    const last_payment_error = {
      type: 'card_error',
      code,
      decline_code: declineCode,
      message: 'Your card was declined.',
      payment_method: { id: id('pm'), object: 'payment_method' },
    }
    change(reference, { status: 'requires_payment_method', last_payment_error })
  }

  return {
    url: server.url,
    /** Every intent ever made, in order. */
    created,
    refunds,
    /** The next so many makings of an intent or a refund go wrong. */
    cause: (kind: Trouble, times = 1) => {
      trouble = { kind, times }
    },
    succeed,
    decline,
    move: (reference: string, status: 'requires_action' | 'processing') => {
      change(reference, { status, payment_method: id('pm') })
    },
    /** The body of a webhook about an intent as it is now. */
    eventAbout: (reference: string, type: string): string =>
      JSON.stringify({
        ...examples.event,
        id: id('evt'),
        created: seconds(),
        type,
        data: { object: intents.get(reference) },
      }),
    close: () => server.stop(0),
  }
}

function failure(status: number, type: string, message: string, code?: string): Answer {
  return { status, body: { error: { type, message, ...(code !== undefined && { code }) } } }
}
