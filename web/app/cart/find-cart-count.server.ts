import type { RouterContextProvider } from 'react-router'
import { execute } from '#app/graphql/execute.server.ts'
import { getSession } from '#app/session/session.server.ts'
import { graphql } from '#generated/gql.ts'

const AnonymousCartCount = graphql(`
  query AnonymousCartCount($id: ID!, $token: String) {
    cart(id: $id, token: $token) {
      id
      totalQuantity
    }
  }
`)

const OwnCartCount = graphql(`
  query OwnCartCount {
    me {
      id
      cart {
        id
        totalQuantity
      }
    }
  }
`)

/** Pieces in the visitor's bag. A visitor without a bag costs no call. */
export async function findCartCount(context: Readonly<RouterContextProvider>): Promise<number> {
  const session = getSession(context)
  const key = session.cart()
  if (key !== null) {
    const { cart } = await execute(context, AnonymousCartCount, { id: key.id, token: key.token })
    if (cart !== null) return cart.totalQuantity
  }
  if ((await session.viewer()) === null) return 0
  const { me } = await execute(context, OwnCartCount)
  return me?.cart?.totalQuantity ?? 0
}
