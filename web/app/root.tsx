import { use, type ReactNode } from 'react'
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useParams } from 'react-router'
import type { Route } from './+types/root'
import '@fontsource-variable/bodoni-moda/opsz.css'
import '@fontsource-variable/hanken-grotesk/wght.css'
import './design/design.css'
import { ErrorPage } from './design/error-page.tsx'
import { NonceContext } from './design/nonce.ts'
import { keepPage } from './forms/keep-page.ts'
import { localeOf } from './i18n/locales.ts'
import { getSession } from './session/session.server.ts'
import { sessionMiddleware } from './session/session-middleware.server.ts'

export const middleware: Route.MiddlewareFunction[] = [sessionMiddleware]

export const links: Route.LinksFunction = () => [{ rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' }]

export async function loader({ context }: Route.LoaderArgs) {
  return { viewer: await getSession(context).viewer() }
}

export const shouldRevalidate = keepPage

export function Layout({ children }: { children: ReactNode }) {
  const { locale } = useParams()
  const nonce = use(NonceContext)
  const { code, dir } = localeOf(locale)
  return (
    <html lang={code} dir={dir}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#fcfcfa" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function App() {
  return <Outlet />
}

export function ErrorBoundary() {
  return (
    <main id="main">
      <title>Maison</title>
      <ErrorPage />
    </main>
  )
}
