import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { fingerprint, once } from '#platform/outbox/idempotency.ts'
import { hashCartToken, type TokenOfCart } from '../cart-tokens.ts'
import type { Tx } from '../data/cart-database.ts'
import type { CartWithLines } from '../data/cart-with-lines.ts'
import { lockCart } from '../data/lock-cart.ts'
import { putLine } from '../data/put-line.ts'
import { takeOpenCart } from '../data/take-open-cart.ts'
import { expiryFrom, mostLines, mostPieces } from '../domain/limits.ts'
import { cartNotFound, type CartRefusal } from './cart-refusal.ts'
import { type CartAccess, mayUseCart } from './may-use-cart.ts'
import { tellCart } from './tell-cart.ts'

export interface AddToCartRequest {
  /** Null for a new cart, or the open one of a person. */
  access: CartAccess | null
  userId: string | null
  marketId: string
  variantId: string
  quantity: number
  idempotencyKey: string
}

/** What is kept under the key: the id only, so that a repetition shows the cart as it is now. */
interface Added {
  cartId: string
  isNewAnonymous: boolean
}

/**
 * Puts pieces in a cart once for a key. A cart that is named must be the caller's, also in a repetition. Whoever repeats the
 * making of an anonymous cart gets its token again: the first answer may have been lost. `cart` is null in a repetition.
 */
export async function addToCart(
  tx: Tx,
  request: AddToCartRequest,
  refuse: Refuse<CartRefusal>,
  options: { tokenOf: TokenOfCart; now: Date },
): Promise<{ cartId: string; token: string | null; cart: CartWithLines | null }> {
  const { access, userId, marketId, variantId, quantity, idempotencyKey } = request
  const { tokenOf, now } = options
  await requireKnown(tx, request, refuse)
  if (access) {
    const cart = await lockCart(tx, access.id)
    if (!cart || !mayUseCart(cart, access, now)) refuse(cartNotFound)
  }
  let cart: CartWithLines | null = null
  const { result } = await once(
    tx,
    {
      scope: `addToCart ${access?.id ?? userId ?? 'anonymous'}`,
      key: idempotencyKey,
      fingerprint: fingerprint({ marketId, variantId, quantity }),
    },
    async (): Promise<Added> => {
      const cartId = access?.id ?? (await newCart(tx, request, options))
      if (!(await putLine(tx, { cartId, variantId, quantity }))) {
        refuse({
          kind: 'CartFullError',
          message: `A cart holds ${mostLines} lines of ${mostPieces} pieces. Take something out, or order it first.`,
        })
      }
      cart = await tellCart(tx, cartId, now)
      return { cartId, isNewAnonymous: !access && userId === null }
    },
  )
  return { cartId: result.cartId, token: result.isNewAnonymous ? tokenOf(result.cartId) : null, cart }
}

async function newCart(
  tx: Tx,
  { userId, marketId }: AddToCartRequest,
  { tokenOf, now }: { tokenOf: TokenOfCart; now: Date },
): Promise<string> {
  if (userId !== null) return (await takeOpenCart(tx, { userId, marketId }, now)).id
  const id = uuidv7()
  await tx.$executeRaw`
    INSERT INTO carts (id, market_id, token_hash, created_at, expires_at)
    VALUES (${id}::uuid, ${marketId}, ${hashCartToken(tokenOf(id))}, ${now}, ${expiryFrom(now)})`
  return id
}

async function requireKnown(
  tx: Tx,
  { marketId, variantId }: AddToCartRequest,
  refuse: Refuse<CartRefusal>,
): Promise<void> {
  const [known] = await tx.$queryRaw<{ market: boolean; variant: boolean }[]>`
    SELECT EXISTS (SELECT FROM known_markets WHERE id = ${marketId}) AS market,
           EXISTS (SELECT FROM known_variants WHERE id = ${variantId}::uuid) AS variant`
  if (!known?.market)
    refuse({ kind: 'InvalidInputError', message: 'There is no such market.', field: 'market' })
  if (!known.variant)
    refuse({ kind: 'InvalidInputError', message: 'There is no such piece.', field: 'variantId' })
}
