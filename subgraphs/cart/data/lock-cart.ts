import type { Tx } from './cart-database.ts'
import type { Cart } from './generated/client.ts'

/**
 * The cart's row, locked until the commit, whoever's it is; null when there is none. All changes of a cart queue here.
 * `followMerge`: of a cart that was merged, the row of the one its lines went to.
 */
export async function lockCart(
  tx: Tx,
  id: string,
  { followMerge = false }: { followMerge?: boolean } = {},
): Promise<Cart | null> {
  const [cart] = await tx.$queryRaw<Cart[]>`
    SELECT id, user_id AS "userId", token_hash AS "tokenHash", market_id AS "marketId", version,
           created_at AS "createdAt", expires_at AS "expiresAt", merged_into AS "mergedInto"
      FROM carts
     WHERE id = coalesce((SELECT merged_into FROM carts WHERE id = ${id}::uuid AND ${followMerge}::boolean), ${id}::uuid)
       FOR UPDATE`
  return cart ?? null
}
