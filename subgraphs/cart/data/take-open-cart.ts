import { uuidv7 } from '#platform/ids/uuid.ts'
import { expiryFrom } from '../domain/limits.ts'
import type { Tx } from './cart-database.ts'
import type { Cart } from './generated/client.ts'
import { lockCart } from './lock-cart.ts'

/** The person's open cart, made when there is none, its row locked until the commit. Two requests that race get the same. */
export async function takeOpenCart(
  tx: Tx,
  owner: { userId: string; marketId: string },
  now: Date,
): Promise<{ cart: Cart; isNew: boolean }> {
  const { userId, marketId } = owner
  // Expired and not swept yet: it is gone for its owner, so it must not come back here.
  await tx.cart.deleteMany({ where: { userId, mergedInto: null, expiresAt: { lte: now } } })
  const [row] = await tx.$queryRaw<{ id: string; is_new: boolean }[]>`
    INSERT INTO carts AS c (id, user_id, market_id, created_at, expires_at)
    VALUES (${uuidv7()}::uuid, ${userId}::uuid, ${marketId}, ${now}, ${expiryFrom(now)})
    ON CONFLICT (user_id) WHERE merged_into IS NULL DO UPDATE SET expires_at = excluded.expires_at
    RETURNING id, xmax = 0 AS is_new`
  const cart = row && (await lockCart(tx, row.id))
  if (!cart) throw new Error('The open cart is neither new nor there')
  return { cart, isNew: row.is_new }
}
