/** Codes a caller may see in `extensions.code`. */
export type RequestErrorCode =
  | 'BAD_USER_INPUT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'PAYLOAD_TOO_LARGE'
  | 'REQUEST_TIMEOUT'
  | 'UNAVAILABLE'

type Extensions = Record<string, unknown>

/**
 * The caller's fault or right. Its message and extensions are shown to the caller as they are, so they hold nothing
 * internal. Any other error is a bug or a broken dependency and is masked.
 */
export class RequestError extends Error {
  readonly code: RequestErrorCode
  readonly extensions: Extensions

  constructor(code: RequestErrorCode, message: string, extensions: Extensions = {}, options?: ErrorOptions) {
    super(message, options)
    this.name = 'RequestError'
    this.code = code
    this.extensions = extensions
  }
}

export function badInput(message: string, extensions?: Extensions): RequestError {
  return new RequestError('BAD_USER_INPUT', message, extensions)
}

export function unauthenticated(message = 'You are not signed in.', extensions?: Extensions): RequestError {
  return new RequestError('UNAUTHENTICATED', message, extensions)
}

export function forbidden(message = 'You may not do this.', extensions?: Extensions): RequestError {
  return new RequestError('FORBIDDEN', message, extensions)
}

export function notFound(message = 'There is no such thing.', extensions?: Extensions): RequestError {
  return new RequestError('NOT_FOUND', message, extensions)
}

export function conflict(message: string, extensions?: Extensions): RequestError {
  return new RequestError('CONFLICT', message, extensions)
}

export function payloadTooLarge(message: string, extensions?: Extensions): RequestError {
  return new RequestError('PAYLOAD_TOO_LARGE', message, extensions)
}

export function requestTimeout(message: string, extensions?: Extensions): RequestError {
  return new RequestError('REQUEST_TIMEOUT', message, extensions)
}

export function unavailable(message = 'Not available right now.', extensions?: Extensions): RequestError {
  return new RequestError('UNAVAILABLE', message, extensions)
}

/** The same idempotency key came with different input: answering with the first result would be a lie. */
export function idempotencyKeyReused(key: string): RequestError {
  return new RequestError('IDEMPOTENCY_KEY_REUSED', 'This idempotency key was used for another request.', {
    key,
  })
}
