import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The token of an anonymous cart, 256 bits, derived and not drawn: a repeated request gets it again, and the database holds
 * only its hash.
 */
export type TokenOfCart = (cartId: string) => string

export function createCartTokens(secret: string): TokenOfCart {
  return (cartId) => createHmac('sha256', secret).update(`cart:${cartId}`).digest('base64url')
}

export function hashCartToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest())
}

/** Takes the same time wherever the two differ. */
export function isTokenOf(tokenHash: Uint8Array | null, token: string | null): boolean {
  if (tokenHash === null || token === null) return false
  return timingSafeEqual(tokenHash, hashCartToken(token))
}
