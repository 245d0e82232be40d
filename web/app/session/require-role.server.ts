import { data, redirect, type RouterContextProvider } from 'react-router'
import type { Viewer } from './access-token.server.ts'
import { houseContext } from './house.ts'
import { getSession } from './session.server.ts'

/**
 * For areas of the staff: sends who is not signed in to the sign-in page and back, answers 403 to who holds none of the
 * roles. Saves a useless page; the API decides every call for itself.
 */
export async function requireRole(
  context: Readonly<RouterContextProvider>,
  request: Request,
  roles: readonly string[],
): Promise<Viewer> {
  const viewer = await getSession(context).viewer()
  if (viewer === null) {
    const { pathname, search } = new URL(request.url)
    throw redirect(`/sign-in?next=${encodeURIComponent(pathname + search)}`)
  }
  if (![...roles, 'ADMIN'].some((role) => viewer.roles.includes(role))) {
    throw data({ requestId: context.get(houseContext).requestId, message: '' }, { status: 403 })
  }
  return viewer
}
