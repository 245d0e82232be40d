import { createHash, createHmac, randomBytes } from 'node:crypto'

// Opaque tokens of 256 bits. The database keeps only their SHA-256, which needs no salt: there is nothing to guess.

export interface SecretTokens {
  /** The first refresh token of a session. */
  random(): string
  /**
   * The token of a mailed link, from the id of its row. Derived and not drawn, so that it can be written into the letter
   * later without having been stored or told in an event.
   */
  ofLink(tokenId: string): string
  /**
   * The refresh token that follows `token`. It can be told again to whoever still holds `token`, which is what the second
   * of two tabs does; the database and this secret together do not give it away, since `token` is in neither.
   */
  successorOf(token: string, tokenId: string): string
}

export function createSecretTokens(secret: string): SecretTokens {
  const derive = (...parts: string[]) =>
    createHmac('sha256', secret).update(parts.join(':')).digest('base64url')
  return {
    random: () => randomBytes(32).toString('base64url'),
    ofLink: (tokenId) => derive('link', tokenId),
    successorOf: (token, tokenId) => derive('refresh', tokenId, token),
  }
}

export function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest())
}
