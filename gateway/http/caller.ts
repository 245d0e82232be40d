import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** What the edge knows of who asks, before any business does. */
export interface Caller {
  requestId: string
  /** W3C trace context, when a well-formed one came. */
  traceparent: string | null
  /** Personal data: passed on to throttle by, never logged. */
  clientIp: string | null
  /** The access token as it came, not yet verified. */
  accessToken: string | null
}

interface Edge {
  publicOrigin: string | null
  trustedProxies: number
}

/**
 * Part of the address by which the web app in this very process asks, and so may speak for its own client: made anew at
 * each start, never written anywhere.
 */
const webAppKey = randomBytes(32).toString('base64url')

/** The query of the address that only the web app in this process knows. */
export const webAppSearch = `?web=${webAppKey}`

export function identifyCaller(request: IncomingMessage, edge: Edge): Caller {
  const isWebApp = isEqual((request.url ?? '').slice('/graphql'.length), webAppSearch)
  const traceparent = header(request, 'traceparent')
  return {
    requestId: (isWebApp ? header(request, 'x-request-id') : null) ?? randomUUID(),
    traceparent:
      traceparent !== null && /^00-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/.test(traceparent)
        ? traceparent
        : null,
    clientIp: isWebApp ? header(request, 'x-forwarded-for') : addressOf(request, edge.trustedProxies),
    accessToken: accessTokenOf(request, edge.publicOrigin),
  }
}

// Entries before those that our own proxies appended are the client's own invention.
function addressOf(request: IncomingMessage, trustedProxies: number): string | null {
  const forwarded = (header(request, 'x-forwarded-for') ?? '').split(',').map((entry) => entry.trim())
  const known = trustedProxies > 0 ? forwarded.at(-trustedProxies) : undefined
  return known !== undefined && /^[\da-fA-F:.]{2,45}$/.test(known)
    ? known
    : (request.socket.remoteAddress ?? null)
}

/** A bearer token, or the cookie when the browser vouches that our own pages ask: another site cannot use it. */
function accessTokenOf(request: IncomingMessage, publicOrigin: string | null): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(header(request, 'authorization') ?? '')?.[1]
  if (bearer !== undefined) return bearer
  if (!isSameOrigin(request, publicOrigin)) return null
  const cookie = /(?:^|;\s*)maison_access=([^;\s]+)/.exec(header(request, 'cookie') ?? '')
  return cookie?.[1] ?? null
}

function isSameOrigin(request: IncomingMessage, publicOrigin: string | null): boolean {
  const site = header(request, 'sec-fetch-site')
  if (site !== null) return site === 'same-origin' || site === 'none'
  const origin = header(request, 'origin')
  if (origin === null) return false
  if (origin === publicOrigin) return true
  return URL.canParse(origin) && new URL(origin).host === header(request, 'host')
}

export function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' ? value : null
}

function isEqual(given: string, expected: string): boolean {
  if (given.length !== expected.length) return false
  return timingSafeEqual(Buffer.from(given, 'latin1'), Buffer.from(expected, 'latin1'))
}
