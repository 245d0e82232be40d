import type { ServerResponse } from 'node:http'
import { RequestError } from '#platform/errors/errors.ts'
import { sendJson } from '#platform/server/http-server.ts'
import { graphqlStatus } from './graphql-status.ts'

/** The gateway does not pass this request on. Message and extensions go to the client as they are. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly extensions: Record<string, unknown>

  constructor(status: number, code: string, message: string, extensions: Record<string, unknown> = {}) {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.extensions = extensions
  }
}

const statusOf: Partial<Record<RequestError['code'], number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  REQUEST_TIMEOUT: 408,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
}

/** The refusal an error means for the client; null when the error is our own fault. */
export function toRefusal(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error
  if (!(error instanceof RequestError)) return null
  return new Refusal(statusOf[error.code] ?? 400, error.code, error.message, error.extensions)
}

/** Answers in the shape of a GraphQL response, whatever was asked, so that clients read one kind of error. */
export function sendRefusal(response: ServerResponse, { status, code, message, extensions }: Refusal): void {
  // The rest of a body that was refused is not read: the connection cannot be used again.
  if (status === 413 || status === 408) response.setHeader('connection', 'close')
  const { retryAfterSeconds } = extensions
  if (typeof retryAfterSeconds === 'number') response.setHeader('retry-after', retryAfterSeconds)
  sendJson(response, graphqlStatus(response.req, status, code), {
    errors: [{ message, extensions: { ...extensions, code } }],
  })
}
