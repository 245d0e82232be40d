/** What a caller may be; the same words as `enum Role` of the schema. */
export const roles = [
  'CUSTOMER',
  'GUEST',
  'CLERK',
  'SHOP_MANAGER',
  'MERCHANDISER',
  'EXECUTIVE',
  'SUPPORT',
  'COURIER',
  'ADMIN',
] as const

export type Role = (typeof roles)[number]

/** Who asks, as the access token says and its signature proves. */
export interface Identity {
  readonly userId: string
  readonly sessionId: string
  readonly roles: readonly Role[]
  /** Boutiques the staff roles are limited to; empty means all. */
  readonly shopIds: readonly string[]
}

/** Whether the identity holds at least one of the roles. */
export function hasRole(identity: Identity | null, ...wanted: readonly Role[]): boolean {
  return identity !== null && identity.roles.some((role) => wanted.includes(role))
}

/** Whether the identity works for the house, and is not a shopper. */
export function isStaff(identity: Identity): boolean {
  return identity.roles.some((role) => role !== 'CUSTOMER' && role !== 'GUEST')
}
