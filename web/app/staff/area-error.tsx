import { isRouteErrorResponse, useLocation, useRouteError } from 'react-router'
import { ErrorPage } from '#app/design/error-page.tsx'
import { useLive } from './use-live.ts'

/** For areas of the staff: whoever has no right to one is told so, and can come back as somebody who has. */
export function AreaError() {
  const error = useRouteError()
  const { pathname, search } = useLocation()
  const status = isRouteErrorResponse(error) ? error.status : 500
  // A page that asks by itself meets every short outage: it comes back by itself, too.
  useLive(5_000, status >= 500)
  return (
    <>
      <header className="desk-bar">
        <a className="wordmark" href="/" aria-label="Maison, the store">
          Maison
        </a>
      </header>
      <main id="main" className="desk-main">
        <title>Maison</title>
        {status === 403 ? (
          <div className="empty">
            <h1>This area is not open to you</h1>
            <p>
              Your account does not have the role it needs. Sign in as somebody who does, or go back to the
              store.
            </p>
            <div className="row">
              <a
                className="button button-primary"
                href={`/sign-in?next=${encodeURIComponent(pathname + search)}`}
              >
                Sign in as someone else
              </a>
              <a className="button" href="/">
                Go to the store
              </a>
            </div>
          </div>
        ) : status === 400 ? (
          <div className="empty">
            <h1>This address asks for nothing we know</h1>
            <p>A part of it was changed or cut off. Begin the page anew.</p>
            <a className="button button-primary" href={pathname}>
              Begin anew
            </a>
          </div>
        ) : (
          <ErrorPage />
        )}
      </main>
    </>
  )
}
