import Stripe from 'stripe'
import type { Lane, RequestPacer } from './request-pacer.ts'

/** How often a request that Stripe has turned away for its rate goes out again: nothing was done, so nothing is risked. */
const mostTries = 3
/** What to wait when Stripe does not say. */
const defaultPauseMs = 1_000
const longestPauseMs = 30_000

/** Every single request to Stripe, also repeated ones and further pages, waits for its turn. */
export function createPacedHttpClient(pacer: RequestPacer, lane: Lane): Stripe.HttpClient {
  const inner = Stripe.createNodeHttpClient()
  return {
    getClientName: () => inner.getClientName(),
    makeRequest: async (...request) => {
      const [, , path, method] = request
      for (let time = 1; ; time++) {
        if (!(await pacer.turn(endpointOf(method, path), lane))) return new NoRoom()
        const response = await inner.makeRequest(...request)
        const headers = response.getHeaders()
        // An object that is just being changed is no matter of rate: the client itself asks again.
        const isTooMuch = response.getStatusCode() === 429 && headers['stripe-should-retry'] !== 'true'
        if (!isTooMuch) return response
        pacer.pause(pauseMs(headers['retry-after']))
        if (time === mostTries) return response
        // Read to its end, so that the connection can be used again.
        await response.toJSON().catch(() => undefined)
      }
    },
  }
}

/** What Stripe would have answered: the client makes of it what it makes of that. */
class NoRoom extends Stripe.HttpClientResponse {
  constructor() {
    super(429, { 'stripe-should-retry': 'false' })
  }

  override getRawResponse(): unknown {
    return {}
  }

  override toJSON(): Promise<unknown> {
    const message = 'Too many requests are waiting for their turn.'
    return Promise.resolve({ error: { type: 'invalid_request_error', code: 'rate_limit', message } })
  }
}

/** The method and path, with every object's id left out: Stripe counts per endpoint, not per object. */
export function endpointOf(method: string, path: string): string {
  const [plain = ''] = path.split('?')
  return `${method} ${plain.replace(/\/[a-z]{2,4}_[^/]+/g, '/:id')}`
}

function pauseMs(retryAfter: string | string[] | undefined): number {
  const seconds = Number(retryAfter)
  return retryAfter === undefined || !(seconds >= 0)
    ? defaultPauseMs
    : Math.min(seconds * 1_000, longestPauseMs)
}
