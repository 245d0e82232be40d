import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { createHmacSha256 } from './hmac.ts'

// The gateway proves itself to a subgraph: an HMAC over time, nonce, method, path, body and the headers that say who
// is asking. A subgraph takes nothing without it, so nobody who reaches its port can pretend to be a customer.

/** Headers a subgraph believes, because the signature covers them. All others of the client are dropped. */
export const signedHeaders = [
  'authorization',
  'x-request-id',
  'x-correlation-id',
  'x-client-ip',
  'x-deadline',
] as const

/** Says the body was not read before signing: only for routes that stream it. */
export const streamedBody = 'streamed'

const windowMs = 30_000

interface Signed {
  method: string
  /** Path with its query. */
  path: string
  headers: IncomingHttpHeaders
  /** The bytes, their text in UTF-8, or {@link streamedBody}. */
  body: Buffer | string
}

export type GatewaySigner = (request: Signed) => Record<string, string>
export type GatewayVerifier = (request: Signed) => boolean

function bodyDigest(body: Buffer | string): string {
  return body === streamedBody ? streamedBody : hash('sha256', body, 'base64url')
}

function signedText(time: string, nonce: string, request: Signed): string {
  let lines = `${time}\n${nonce}\n${request.method}\n${request.path}\n${bodyDigest(request.body)}`
  for (const name of signedHeaders) lines += `\n${String(request.headers[name] ?? '')}`
  return lines
}

/**
 * Signs with the first of the comma-separated secrets. `now` is in milliseconds.
 * Returns the headers to add to the request; the values of {@link signedHeaders} must not change afterwards.
 */
export function createGatewaySigner(secrets: string, now: () => number = Date.now): GatewaySigner {
  const [secret = ''] = secrets.split(',')
  const prove = createHmacSha256(secret)
  // A nonce must only never come twice, and nobody can use one they guess: random once, then counted.
  const prefix = randomBytes(12).toString('base64url')
  let count = 0
  return (request) => {
    const time = String(now())
    count += 1
    const nonce = `${prefix}.${count.toString(36)}`
    return {
      'x-maison-time': time,
      'x-maison-nonce': nonce,
      'x-maison-signature': prove(signedText(time, nonce, request)),
    }
  }
}

/**
 * Accepts what any of the comma-separated secrets has signed within the last 30 s, once. Two secrets at a time are how
 * keys rotate: add the new one everywhere, sign with it, remove the old one.
 */
export function createGatewayVerifier(secrets: string, now: () => number = Date.now): GatewayVerifier {
  const keys = secrets
    .split(',')
    .filter((secret) => secret !== '')
    .map(createHmacSha256)
  // Two generations of one window each: a nonce is remembered for at least as long as its time is accepted.
  let seen = new Set<string>()
  let seenBefore = new Set<string>()
  let generation = 0
  return (request) => {
    const time = request.headers['x-maison-time']
    const nonce = request.headers['x-maison-nonce']
    const given = request.headers['x-maison-signature']
    if (typeof time !== 'string' || typeof nonce !== 'string' || typeof given !== 'string') return false
    const age = now() - Number(time)
    if (!(Math.abs(age) <= windowMs) || nonce.length > 64) return false
    const text = signedText(time, nonce, request)
    const proof = Buffer.from(given)
    const isGenuine = keys.some((prove) => {
      const expected = Buffer.from(prove(text))
      return expected.length === proof.length && timingSafeEqual(expected, proof)
    })
    if (!isGenuine) return false
    const current = Math.floor(now() / (2 * windowMs))
    if (current !== generation) {
      seenBefore = current === generation + 1 ? seen : new Set()
      seen = new Set()
      generation = current
    }
    if (seen.has(nonce) || seenBefore.has(nonce)) return false
    seen.add(nonce)
    return true
  }
}
