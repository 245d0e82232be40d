import { redirect } from 'react-router'
import { negotiatePlace, placePath } from '#app/i18n/negotiate-place.server.ts'
import { getSession } from '#app/session/session.server.ts'
import type { Route } from './+types/to-place'

/** `/cart` → `/fr/fr/cart`: the same page in the visitor's language and market. */
export function loader({ request, context }: Route.LoaderArgs) {
  const { pathname, search } = new URL(request.url)
  const place = negotiatePlace(
    request.headers.get('accept-language'),
    getSession(context).cookies.get('maison_place'),
  )
  return redirect(`${placePath(place)}${pathname === '/' ? '' : pathname}${search}`)
}
