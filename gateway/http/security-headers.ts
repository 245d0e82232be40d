import type { ServerResponse } from 'node:http'

/**
 * Headers that are right for every answer of the house. Pages add their own content security policy, with a nonce that
 * only who renders them knows.
 */
export function setSecurityHeaders(response: ServerResponse, publicOrigin: string | null): void {
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('x-frame-options', 'DENY')
  response.setHeader('referrer-policy', 'strict-origin-when-cross-origin')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  // The till scans barcodes with the camera; nothing else of the device is wanted.
  response.setHeader('permissions-policy', 'camera=(self), geolocation=(), microphone=(), payment=(self)')
  if (publicOrigin?.startsWith('https:')) {
    response.setHeader('strict-transport-security', 'max-age=31536000; includeSubDomains')
  }
}
