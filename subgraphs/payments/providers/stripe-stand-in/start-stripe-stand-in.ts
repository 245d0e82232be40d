// Stripe's HTTP API as far as paying needs it, so that the real client is tested over a real connection. It refuses what
// Stripe refuses, keeps its own ledger, keeps idempotency keys as Stripe does, signs webhooks, and fails when it is told to.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { listen, readBody } from '#platform/server/http-server.ts'
import { stripeVersion } from '../stripe-client.ts'
import { type Answer, badRequest, missing, refuse } from './answer.ts'
import { checkParameters, type Shape } from './check-parameters.ts'
import { createEndpoints, type Endpoint, type RefundCourse } from './endpoints.ts'
import { createFaults, internalError } from './faults.ts'
import { createKeptAnswers, missingKey } from './keep-answers.ts'
import { createWebhooks } from './post-webhooks.ts'
import { type Form, readForm } from './read-form.ts'
import { sentParameters } from './sent-parameters.ts'
import { balanceOf, newId, openBooks, seconds } from './stand-in-books.ts'
import { createShow, type Fields, type StripeExamples } from './stand-in-objects.ts'
import { createPlay } from './stand-in-play.ts'

export interface StandInOptions {
  /** Stripe's own examples of its objects: ours are filled up with their fields. */
  examples?: Partial<StripeExamples>
  /** Stripe's published parameters, by endpoint: checked besides our own table. */
  openApi?: Record<string, Shape>
  now?: () => Date
}

/** A request as it came, in order. */
export interface SeenRequest {
  endpoint: string
  key: string | null
}

export type StripeStandIn = Awaited<ReturnType<typeof startStripeStandIn>>

export async function startStripeStandIn(options: StandInOptions = {}) {
  const { openApi = {}, now = () => new Date() } = options
  const books = openBooks(now)
  const show = createShow(options.examples ?? {})
  const play = createPlay(books, show)
  const faults = createFaults()
  const kept = createKeptAnswers()
  const webhooks = createWebhooks(books, show)
  const refundCourse: RefundCourse = { status: 'succeeded' }
  const find = createEndpoints({ books, show, play, refundCourse })
  const seen: SeenRequest[] = []
  let breaking = { endpoint: '', answers: Infinity }

  const server = await listen(
    (request, response) => {
      answer(request, response).catch(() => response.destroy())
    },
    { port: 0 },
  )

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await readBody(request, 100_000)).toString()
    const { method = '', headers } = request
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://stripe')
    const form = readForm(method === 'GET' ? searchParams : new URLSearchParams(body))
    const endpoint = find(method, pathname)
    const key = headers['idempotency-key']
    seen.push({
      endpoint: endpoint?.name ?? `${method} ${pathname}`,
      key: key === undefined ? null : String(key),
    })
    const isHouse = headers.authorization?.startsWith('Bearer sk_') ?? false
    const trouble = isHouse && method === 'POST' ? faults.take() : null
    if (endpoint?.name === breaking.endpoint) breaking.answers -= 1
    if (trouble === 'fails-before' || (endpoint?.name === breaking.endpoint && breaking.answers < 0)) {
      response.destroy()
      return
    }
    const made = endpoint
      ? isHouse
        ? await askedByHouse({ endpoint, form, body, headers, trouble })
        : askedByPage(endpoint, form)
      : missing(`endpoint: ${method} ${pathname}`)
    if (trouble === 'answer-lost') {
      response.destroy()
      return
    }
    response.writeHead(made.status, {
      'content-type': 'application/json',
      'request-id': newId('req'),
      // Stripe wants a key that is busy to be tried again.
      'stripe-should-retry': String(made.status === 409),
      ...made.headers,
    })
    response.end(JSON.stringify(made.body))
  }

  interface HouseRequest {
    endpoint: Endpoint
    form: Form
    body: string
    headers: IncomingMessage['headers']
    trouble: ReturnType<typeof faults.take>
  }

  /** With the publishable key, which is good for little. */
  function askedByPage({ name, reference, work }: Endpoint, form: Form): Answer {
    const isForPages = name === 'POST /v1/payment_intents/{intent}/confirm'
    const message = 'You did not provide an API key.'
    return isForPages ? work(reference, form) : refuse(401, { type: 'invalid_request_error', message })
  }

  async function askedByHouse(request: HouseRequest): Promise<Answer> {
    const { endpoint, form, body, headers, trouble } = request
    if (headers['stripe-version'] !== stripeVersion) {
      return badRequest('api_version', `The house is written for ${stripeVersion}.`)
    }
    if (trouble === 'rate-limited') return faults.tooMany()
    const wrong = checkEach(endpoint.name, form)
    if (wrong) return wrong
    if (!endpoint.name.startsWith('POST')) {
      await faults.pass()
      return endpoint.work(endpoint.reference, form)
    }
    const key = String(headers['idempotency-key'] ?? '')
    if (key === '') return missingKey()
    const repeated = kept.find(key, `${endpoint.name} ${endpoint.reference} ${body}`)
    if (repeated) return repeated
    await faults.pass()
    const worked = trouble === 'idle-500' ? internalError() : endpoint.work(endpoint.reference, form)
    const answer = trouble === 'saved-500' ? internalError() : worked
    kept.settle(key, answer)
    return answer
  }

  function checkEach(name: string, form: Form): Answer | null {
    const sent = sentParameters[name]
    if (!sent) return refuse(404, { type: 'invalid_request_error', message: `${name} is not for the house.` })
    const published = openApi[name]
    return (
      checkParameters(sent, form.entries) ?? (published ? checkParameters(published, form.entries) : null)
    )
  }

  return {
    ...play,
    url: server.url,
    cause: faults.cause,
    hold: faults.hold,
    /** A day has passed. */
    forgetKeys: kept.forget,
    refundCourse,
    seen,
    books,
    /** The references of every intent ever made, in order. */
    get created(): string[] {
      return [...books.intents.keys()]
    },
    /** Something happens that the house has no part in; resolves to the event's id. */
    somethingElse: (type: string, object: object): string => {
      const event = { id: newId('evt'), type, created: seconds(books), object }
      books.events.push(event)
      return event.id
    },
    objectOf: (reference: string): Fields => {
      const intent = books.intents.get(reference)
      return intent ? show.intent(books, intent) : {}
    },
    /** After so many more answers of this endpoint the connection breaks instead. */
    breakAfter: (endpoint: string, answers: number): void => {
      breaking = { endpoint, answers }
    },
    balance: (currency: string): number => balanceOf(books, currency),
    post: webhooks.post,
    /** The last event of a type about an intent, signed; made now if there was none. */
    webhook: (reference: string, type: string, secrets: readonly string[]) => {
      const event = books.events.findLast(
        (happened) => happened.type === type && isAbout(happened.object, reference),
      )
      const intent = books.intents.get(reference)
      if (!event && !intent) throw new Error(`No event about ${reference}`)
      const object = intent ? show.intent(books, intent) : {}
      return webhooks.sign(event ?? { id: newId('evt'), type, created: seconds(books), object }, secrets)
    },
    close: () => server.stop(0),
  }
}

function isAbout(object: object, reference: string): boolean {
  return (
    ('id' in object && object.id === reference) ||
    ('payment_intent' in object && object.payment_intent === reference)
  )
}
