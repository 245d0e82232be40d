/** Where to go after signing in: a path of this site, or null. `//evil.example` and `/\evil.example` are other sites. */
export function nextPath(text: string | null): string | null {
  return text !== null && /^\/(?![/\\])[\P{Cc}]*$/u.test(text) ? text : null
}

const areas: Readonly<Record<string, string>> = {
  CLERK: '/pos',
  SHOP_MANAGER: '/pos',
  EXECUTIVE: '/insights',
  SUPPORT: '/support',
  COURIER: '/courier',
  MERCHANDISER: '/merchandise',
}

/** Where somebody of the house works; null for shoppers. */
export function areaOf(roles: readonly string[]): string | null {
  for (const role of roles) if (areas[role] !== undefined) return areas[role]
  return null
}
