import type { RouterContextProvider } from 'react-router'
import { execute } from '#app/graphql/execute.server.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { graphql } from '#generated/gql.ts'

const StaffPerson = graphql(`
  query StaffPerson {
    me {
      id
      email
      givenName
    }
  }
`)

/** The gate of an area: who is there, by the name the bar shows. Its pages call `requireRole` for themselves. */
export async function enterArea(
  context: Readonly<RouterContextProvider>,
  request: Request,
  roles: readonly string[],
): Promise<{ who: string }> {
  await requireRole(context, request, roles)
  const { me } = await execute(context, StaffPerson)
  return { who: me?.givenName ?? me?.email ?? '' }
}
