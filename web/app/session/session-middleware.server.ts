import type { MiddlewareFunction } from 'react-router'
import { houseContext } from './house.ts'
import { openSession, sessionContext } from './session.server.ts'

/** Opens the session before the loaders and writes what changed into the response, also into redirects. */
export const sessionMiddleware: MiddlewareFunction<Response> = async ({ request, context }, next) => {
  const session = openSession(request, context.get(houseContext))
  context.set(sessionContext, session)
  const response = await next()
  for (const line of session.cookies.changes()) response.headers.append('set-cookie', line)
  // Every page may hold what belongs to one person: nothing between us and the browser keeps it.
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store')
  return response
}
