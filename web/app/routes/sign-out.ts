import { redirect } from 'react-router'
import { graphql } from '#generated/gql.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { getSession } from '#app/session/session.server.ts'
import type { Route } from './+types/sign-out'

const SignOut = graphql(`
  mutation SignOut($refreshToken: String!) {
    signOut(refreshToken: $refreshToken)
  }
`)

export function loader() {
  return redirect('/')
}

/** Ends the session at the house and in this browser. The browser forgets it even when the house does not answer. */
export async function action({ context }: Route.ActionArgs) {
  const session = getSession(context)
  const refreshToken = session.cookies.get('maison_refresh')
  try {
    if (refreshToken !== null) await execute(context, SignOut, { refreshToken })
  } finally {
    session.signOut()
    session.keepCart(null)
  }
  return redirect('/')
}
