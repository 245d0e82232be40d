// The browser's session, kept in HttpOnly cookies: this server is the only one that sees the tokens. A session is opened
// per request; what changed in it leaves with the response.
import { createContext, type RouterContextProvider } from 'react-router'
import { isFresh, readViewer, type Viewer } from './access-token.server.ts'
import { openCookieJar, type CookieJar } from './cookies.server.ts'
import type { House } from './house.ts'
import { refreshTokens, type Tokens } from './refresh-tokens.server.ts'

/** The right to an anonymous cart, or the id of the signed-in person's. */
export interface CartKey {
  id: string
  token: string | null
}

export interface Session {
  readonly cookies: CookieJar
  readonly signal: AbortSignal
  /** Where to come back to after signing in: the page asked for; null for a form that was sent. */
  readonly page: string | null
  /** A token good for a call, refreshed when needed; null for anonymous callers. */
  accessToken(): Promise<string | null>
  /** After the API refused a token: a new one, or null when the session has ended. */
  renewAccessToken(): Promise<string | null>
  viewer(): Promise<Viewer | null>
  signIn(tokens: Tokens): void
  signOut(): void
  cart(): CartKey | null
  keepCart(cart: CartKey | null): void
}

export const sessionContext = createContext<Session>()

export function getSession(context: Readonly<RouterContextProvider>): Session {
  return context.get(sessionContext)
}

const cartDays = 60

export function openSession(request: Request, house: House): Session {
  const cookies = openCookieJar(request)
  let renewal: Promise<string | null> | null = null

  function keep(tokens: Tokens): void {
    const now = Date.now()
    cookies.set('maison_access', tokens.accessToken, (Date.parse(tokens.accessTokenExpiresAt) - now) / 1000)
    cookies.set(
      'maison_refresh',
      tokens.refreshToken,
      (Date.parse(tokens.refreshTokenExpiresAt) - now) / 1000,
    )
  }

  function drop(): void {
    if (cookies.get('maison_access') !== null) cookies.forget('maison_access')
    if (cookies.get('maison_refresh') !== null) cookies.forget('maison_refresh')
  }

  async function renew(): Promise<string | null> {
    const refreshToken = cookies.get('maison_refresh')
    if (refreshToken === null) {
      drop()
      return null
    }
    const tokens = await refreshTokens(house, refreshToken)
    if (tokens === null) drop()
    else keep(tokens)
    return tokens?.accessToken ?? null
  }

  const session: Session = {
    cookies,
    signal: request.signal,
    page: request.method === 'GET' ? pathOf(request) : null,
    async accessToken() {
      const held = cookies.get('maison_access')
      if (held !== null && isFresh(held, new Date())) return held
      return cookies.get('maison_refresh') === null ? null : session.renewAccessToken()
    },
    // Loaders of one request run side by side: the first to find the token spent refreshes it for all.
    renewAccessToken: () => (renewal ??= renew()),
    async viewer() {
      const token = await session.accessToken()
      return token === null ? null : readViewer(token)
    },
    signIn(tokens) {
      renewal = null
      keep(tokens)
    },
    signOut: drop,
    cart: () => readCart(cookies.get('maison_cart')),
    keepCart(cart) {
      if (cart === null) cookies.forget('maison_cart')
      else cookies.set('maison_cart', JSON.stringify(cart), cartDays * 86_400)
    },
  }
  return session
}

function pathOf(request: Request): string {
  const { pathname, search } = new URL(request.url)
  return pathname + search
}

function readCart(text: string | null): CartKey | null {
  if (text === null) return null
  try {
    const cart = JSON.parse(text) as Partial<Record<keyof CartKey, unknown>> | null
    if (typeof cart?.id !== 'string') return null
    return { id: cart.id, token: typeof cart.token === 'string' ? cart.token : null }
  } catch {
    return null
  }
}
