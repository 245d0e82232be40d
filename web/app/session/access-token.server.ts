/** Who the browser says it is, for showing the right links. Nothing is decided by it: the API verifies every call. */
export interface Viewer {
  userId: string
  roles: readonly string[]
  /** Boutiques that the roles are limited to; none means all. */
  shopIds: readonly string[]
}

interface Claims {
  sub?: unknown
  exp?: unknown
  roles?: unknown
  shops?: unknown
}

export function readViewer(accessToken: string): Viewer | null {
  const claims = readClaims(accessToken)
  if (typeof claims?.sub !== 'string') return null
  return { userId: claims.sub, roles: textsOf(claims.roles), shopIds: textsOf(claims.shops) }
}

/** Whether the token is worth sending: a token that ends within 5 s would expire on its way. */
export function isFresh(accessToken: string, now: Date): boolean {
  const exp = readClaims(accessToken)?.exp
  return typeof exp === 'number' && exp * 1000 - now.getTime() > 5_000
}

function textsOf(claim: unknown): string[] {
  return Array.isArray(claim) ? claim.filter((entry) => typeof entry === 'string') : []
}

function readClaims(accessToken: string): Claims | null {
  try {
    const payload = accessToken.split('.')[1] ?? ''
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    return typeof claims === 'object' && claims !== null ? claims : null
  } catch {
    return null
  }
}
