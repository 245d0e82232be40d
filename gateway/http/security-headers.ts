import type { ServerResponse } from 'node:http'

/**
 * Headers that are right for every answer of the house. Pages add their own content security policy, with a nonce that
 * only who renders them knows.
 */
export function setSecurityHeaders(response: ServerResponse, publicOrigin: string | null): void {
  for (const [name, value] of dataHeaders(publicOrigin)) response.setHeader(name, value)
  response.setHeader('x-frame-options', 'DENY')
  response.setHeader('referrer-policy', 'strict-origin-when-cross-origin')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  // The till scans barcodes with the camera; nothing else of the device is wanted.
  response.setHeader('permissions-policy', 'camera=(self), geolocation=(), microphone=(), payment=(self)')
}

/** Those that mean something for an answer that no browser shows as a page. */
export function dataHeaders(publicOrigin: string | null): [string, string][] {
  return [
    ['x-content-type-options', 'nosniff'],
    ...(publicOrigin?.startsWith('https:')
      ? [['strict-transport-security', 'max-age=31536000; includeSubDomains'] satisfies [string, string]]
      : []),
  ]
}
