import type { RouterContextProvider } from 'react-router'
import { execute } from '#app/graphql/execute.server.ts'
import { getSession } from '#app/session/session.server.ts'
import type { PagePlace } from '#app/store/place.server.ts'
import { graphql } from '#generated/gql.ts'
import { findCartKey } from './load-cart.server.ts'

const AddToCart = graphql(`
  mutation AddToCart($input: AddToCartInput!) {
    addToCart(input: $input) {
      __typename
      ... on CartSuccess {
        token
        cart {
          id
        }
      }
    }
  }
`)

const UpdateCartLine = graphql(`
  mutation UpdateCartLine($input: UpdateCartLineInput!) {
    updateCartLine(input: $input) {
      __typename
    }
  }
`)

const MergeCart = graphql(`
  mutation MergeCart($input: CartAccessInput!) {
    mergeCart(input: $input) {
      __typename
      ... on CartSuccess {
        cart {
          id
        }
      }
    }
  }
`)

type Context = Readonly<RouterContextProvider>

export type CartChange = 'changed' | 'full' | 'refused'

interface Addition {
  variantId: string
  quantity: number
  /** Made with the form: pressing twice adds once. */
  idempotencyKey: string
}

/** Puts pieces in the visitor's bag, a new one when there is none or the old one is gone. */
export async function addToCart(context: Context, place: PagePlace, addition: Addition): Promise<CartChange> {
  const session = getSession(context)
  const cart = await findCartKey(context)
  const add = async (key: typeof cart) =>
    (
      await execute(context, AddToCart, {
        input: { ...(key === null ? {} : { cart: key }), market: place.market, ...addition },
      })
    ).addToCart
  let result = await add(cart)
  if (result.__typename === 'CartNotFoundError' && cart !== null) result = await add(null)
  if (result.__typename === 'CartFullError') return 'full'
  if (result.__typename !== 'CartSuccess') return 'refused'
  const token = result.token ?? (cart?.id === result.cart.id ? cart.token : null)
  session.keepCart({ id: result.cart.id, token })
  return 'changed'
}

/** Sets a line's quantity; 0 removes it. */
export async function updateCartLine(
  context: Context,
  line: { lineId: string; quantity: number },
): Promise<CartChange> {
  const cart = await findCartKey(context)
  if (cart === null) return 'refused'
  const { updateCartLine: result } = await execute(context, UpdateCartLine, { input: { cart, ...line } })
  return result.__typename === 'CartSuccess' ? 'changed' : 'refused'
}

/**
 * After sign-in: what was gathered before belongs to the person now. Failing at it must not fail the sign-in: the bag
 * stays where it is and is merged at the next occasion.
 */
export async function mergeCart(context: Context): Promise<void> {
  const session = getSession(context)
  const cart = session.cart()
  if (cart?.token == null) return
  try {
    const { mergeCart: result } = await execute(context, MergeCart, { input: cart })
    session.keepCart(result.__typename === 'CartSuccess' ? { id: result.cart.id, token: null } : null)
  } catch {
    // `execute` has logged it.
  }
}
