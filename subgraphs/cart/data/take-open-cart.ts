import { uuidv7 } from '#platform/ids/uuid.ts'
import { expiryFrom } from '../domain/limits.ts'
import type { Tx } from './cart-database.ts'

/** The person's open cart, made when there is none, its row locked until the commit. Two requests that race get the same. */
export async function takeOpenCart(
  tx: Tx,
  owner: { userId: string; marketId: string },
  now: Date,
): Promise<{ id: string; isNew: boolean }> {
  const { userId, marketId } = owner
  for (;;) {
    const [cart] = await tx.$queryRaw<{ id: string; isNew: boolean }[]>`
      INSERT INTO carts AS c (id, user_id, market_id, created_at, expires_at)
      VALUES (${uuidv7()}::uuid, ${userId}::uuid, ${marketId}, ${now}, ${expiryFrom(now)})
      ON CONFLICT (user_id) WHERE merged_into IS NULL DO UPDATE SET expires_at = excluded.expires_at
       WHERE c.expires_at > ${now}
      RETURNING id, xmax = 0 AS "isNew"`
    if (cart) return cart
    // Expired and not swept yet: it is gone for its owner, so it must not come back here.
    await tx.$executeRaw`
      DELETE FROM carts WHERE user_id = ${userId}::uuid AND merged_into IS NULL AND expires_at <= ${now}`
  }
}
