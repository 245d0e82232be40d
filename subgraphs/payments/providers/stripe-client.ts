import Stripe from 'stripe'
import { ProviderRefused, ProviderUnavailable } from './payment-provider.ts'

/** What our code was written for: Stripe answers in the shapes of this version whatever the account's own is. */
export const stripeVersion = '2026-10-28.endive'

export function createStripeClient(options: {
  secretKey: string
  /** Another host that speaks Stripe's API; Stripe itself unless told. */
  apiUrl?: string | undefined
  httpClient?: Stripe.HttpClient
}): Stripe {
  return new Stripe(options.secretKey, {
    apiVersion: stripeVersion,
    ...(options.apiUrl !== undefined && addressOf(options.apiUrl)),
    ...(options.httpClient && { httpClient: options.httpClient }),
    // A shopper waits: the sweep goes on where this gives up.
    timeout: 5_000,
    maxNetworkRetries: 1,
    telemetry: false,
  })
}

/** Calls Stripe. Throws ProviderRefused for its definite no, ProviderUnavailable for all that may pass. */
export async function ask<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw translate(error)
  }
}

/** Stripe answered with a fault of its own, and will repeat that answer for the key though it may have acted. */
export function isSavedFault(error: unknown): boolean {
  return error instanceof ProviderUnavailable && error.cause instanceof Stripe.errors.StripeAPIError
}

function translate(error: unknown): unknown {
  if (isNo(error)) {
    return new ProviderRefused(error.code ?? error.rawType ?? 'invalid_request', error.message, {
      cause: error,
    })
  }
  // No answer, its fault, our key, our rate.
  if (error instanceof Stripe.errors.StripeError) {
    return new ProviderUnavailable(`Stripe: ${error.type} ${error.message}`, { cause: error })
  }
  return error
}

function isNo(error: unknown): error is Stripe.errors.StripeError {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeCardError ||
    // The key was used for something else. While its first use is under way it is only busy.
    (error instanceof Stripe.errors.StripeIdempotencyError && error.code !== 'idempotency_key_in_use')
  )
}

function addressOf(apiUrl: string) {
  const { protocol, hostname, port } = new URL(apiUrl)
  return {
    protocol: protocol === 'http:' ? ('http' as const) : ('https' as const),
    host: hostname,
    ...(port !== '' && { port }),
  }
}
