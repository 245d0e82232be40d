import { parseCookie, stringifySetCookie } from './cookie-text.server.ts'

/** The cookies of the store. All HttpOnly: no script in the page ever reads a token. */
export type CookieName =
  | 'maison_access'
  | 'maison_refresh'
  | 'maison_cart'
  | 'maison_place'
  | 'maison_checkout'
  | 'maison_collect'
  | 'maison_offers'

export interface CookieJar {
  get(name: CookieName): string | null
  /** Keeps a value for so many seconds; from now on `get` gives it too. */
  set(name: CookieName, value: string, maxAgeSeconds: number): void
  forget(name: CookieName): void
  /** `Set-Cookie` lines of what changed, one per cookie. */
  changes(): string[]
}

export function openCookieJar(request: Request): CookieJar {
  const values = parseCookie(request.headers.get('cookie') ?? '')
  const changed = new Map<CookieName, string>()
  // Behind a proxy that ends TLS the gateway gives the public address.
  const isSecure = new URL(request.url).protocol === 'https:'
  return {
    get: (name) => values.get(name) ?? null,
    set(name, value, maxAgeSeconds) {
      values.set(name, value)
      changed.set(name, stringifySetCookie(name, value, { maxAgeSeconds, isSecure }))
    },
    forget(name) {
      values.delete(name)
      changed.set(name, stringifySetCookie(name, '', { maxAgeSeconds: 0, isSecure }))
    },
    changes: () => [...changed.values()],
  }
}
