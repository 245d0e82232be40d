import { type Answer, badRequest, missing, ok } from './answer.ts'
import type { Form } from './read-form.ts'
import {
  balanceOf,
  type Books,
  disputesOf,
  newId,
  type Refund,
  refundsOf,
  seconds,
} from './stand-in-books.ts'
import type { Fields, Show } from './stand-in-objects.ts'
import type { Play } from './stand-in-play.ts'
import { workIntents } from './work-intents.ts'

export interface Endpoint {
  /** As in Stripe's OpenAPI. */
  name: string
  reference: string
  work: (reference: string, form: Form) => Answer
}

/** How the next refunds go. */
export interface RefundCourse {
  status: Refund['status']
}

export function createEndpoints(parts: {
  books: Books
  show: Show
  play: Play
  refundCourse: RefundCourse
}): (method: string, path: string) => Endpoint | null {
  const { books, show, play, refundCourse } = parts
  const intents = workIntents(books, show, play)

  function makeRefund(form: Form): Answer {
    const intent = books.intents.get(form.text('payment_intent') ?? '')
    if (!intent) return missing('payment_intent')
    const { charge } = intent
    const given = refundsOf(books, intent.id).filter(({ status }) => status !== 'failed')
    const left = (charge?.captured ?? 0) - given.reduce((sum, { amount }) => sum + amount, 0)
    const amount = Number(form.text('amount') ?? left)
    if (!charge || left === 0)
      return badRequest('charge_already_refunded', 'Charge has already been refunded.')
    if (amount > left)
      return badRequest('amount_too_large', 'Refund amount is greater than unrefunded amount on charge.')
    const refund: Refund = {
      id: newId('re'),
      intent: intent.id,
      charge: charge.id,
      amount,
      currency: intent.currency,
      metadata: form.record('metadata'),
      status: refundCourse.status,
      created: seconds(books),
    }
    books.refunds.set(refund.id, refund)
    play.tellRefund(refund, 'refund.created')
    if (refund.status === 'failed') play.tellRefund(refund, 'refund.failed')
    return ok(show.refund(refund))
  }

  const newestFirst = <T>(items: Iterable<T>) => [...items].reverse()
  const endpoints: Record<string, Endpoint['work']> = {
    'POST /v1/payment_intents': (_, form) => intents.create(form),
    'GET /v1/payment_intents': (_, form) =>
      list(
        form,
        newestFirst(books.intents.values()).filter(({ created }) => isWithin(form, created)),
        (intent) => show.intent(books, intent),
      ),
    'GET /v1/payment_intents/search': (_, form) => intents.search(form),
    'GET /v1/payment_intents/{intent}': (reference, form) => intents.retrieve(reference, form),
    'POST /v1/payment_intents/{intent}/confirm': (reference, form) => intents.confirm(reference, form),
    'POST /v1/payment_intents/{intent}/cancel': (reference, form) => intents.cancel(reference, form),
    'POST /v1/payment_intents/{intent}/capture': (reference, form) => intents.capture(reference, form),
    'POST /v1/refunds': (_, form) => makeRefund(form),
    'GET /v1/refunds': (_, form) =>
      list(form, refundsOf(books, form.text('payment_intent') ?? ''), show.refund),
    'GET /v1/refunds/{refund}': (reference) => {
      const refund = books.refunds.get(reference)
      return refund ? ok(show.refund(refund)) : missing(`refund: '${reference}'`)
    },
    'GET /v1/disputes': (_, form) =>
      list(form, disputesOf(books, form.text('payment_intent') ?? ''), show.dispute),
    'GET /v1/events': (_, form) => {
      const types = form.list('types')
      const events = newestFirst(books.events).filter(
        ({ created, type }) => isWithin(form, created) && (types.length === 0 || types.includes(type)),
      )
      return list(form, events, show.event)
    },
    'GET /v1/balance': () => {
      const currencies = [...new Set([...books.intents.values()].map(({ currency }) => currency))]
      const available = currencies.map((currency) => ({ amount: balanceOf(books, currency), currency }))
      return ok({ object: 'balance', livemode: false, available, pending: [] })
    },
  }

  return (method, path) => {
    for (const [name, work] of Object.entries(endpoints)) {
      const [verb, template = ''] = name.split(' ')
      const match = new RegExp(`^${template.replace(/\{\w+\}/, '([a-z]+_\\w+)')}$`).exec(path)
      if (verb === method && match) return { name, reference: match[1] ?? '', work }
    }
    return null
  }
}

function isWithin(form: Form, created: number): boolean {
  const { gte = 0, lte = Infinity, gt = -Infinity, lt = Infinity } = form.record('created')
  return created >= Number(gte) && created <= Number(lte) && created > Number(gt) && created < Number(lt)
}

/** A page, newest first, of what comes after the object that is named. */
function list<T extends { id: string }>(form: Form, items: T[], show: (item: T) => Fields): Answer {
  const after = form.text('starting_after')
  const start = after === null ? 0 : items.findIndex(({ id }) => id === after) + 1
  const limit = Number(form.text('limit') ?? 10)
  if (limit < 1 || limit > 100) return badRequest('parameter_invalid_integer', 'Limit is 1 to 100.')
  const page = items.slice(start, start + limit)
  const has_more = start + page.length < items.length
  return ok({ object: 'list', data: page.map(show), has_more, url: '/v1' })
}
