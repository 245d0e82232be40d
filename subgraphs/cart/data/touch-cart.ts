import type { Tx } from './cart-database.ts'
import type { CartWithLines } from './cart-with-lines.ts'

/** Counts a change and moves the end of the cart; returns it as it is now. The caller holds the cart's row. */
export async function touchCart(tx: Tx, id: string, expiresAt: Date): Promise<CartWithLines> {
  const [cart] = await tx.$queryRaw<CartWithLines[]>`
    UPDATE carts SET version = version + 1, expires_at = ${expiresAt}
     WHERE id = ${id}::uuid
    RETURNING id, user_id AS "userId", token_hash AS "tokenHash", market_id AS "marketId", version,
              created_at AS "createdAt", expires_at AS "expiresAt", merged_into AS "mergedInto",
              (SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'id', l.id, 'cartId', l.cart_id, 'variantId', l.variant_id, 'quantity', l.quantity)
                        ORDER BY l.id), '[]')
                 FROM cart_lines l WHERE l.cart_id = carts.id) AS lines`
  if (!cart) throw new Error(`There is no cart ${id}`)
  return cart
}
