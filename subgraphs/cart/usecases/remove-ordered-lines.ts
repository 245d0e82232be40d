import type { Tx } from '../data/cart-database.ts'
import { lockCart } from '../data/lock-cart.ts'
import { tellCart } from './tell-cart.ts'

/**
 * Takes what was ordered out of its cart; what was added meanwhile stays. An order names its cart by itself, so a cart of
 * somebody else than its customer is left alone. A cart that was merged meanwhile is followed to where its lines went.
 */
export async function removeOrderedLines(
  tx: Tx,
  order: {
    cartId: string
    customerRef: string | null
    lines: readonly { variantId: string; quantity: number }[]
  },
  now: Date,
): Promise<void> {
  const cart = await lockCart(tx, order.cartId, { followMerge: true })
  if (!cart || (cart.userId !== null && cart.userId !== order.customerRef)) return
  if (cart.mergedInto !== null) throw new Error('Merged at this very moment: the next try follows it')
  const changed = await tx.$queryRaw<unknown[]>`
    WITH ordered AS (
      SELECT * FROM unnest(${order.lines.map(({ variantId }) => variantId)}::uuid[],
                           ${order.lines.map(({ quantity }) => quantity)}::int[]) AS o (variant_id, quantity)
    ), removed AS (
      DELETE FROM cart_lines l USING ordered o
       WHERE l.cart_id = ${cart.id}::uuid AND l.variant_id = o.variant_id AND l.quantity <= o.quantity
      RETURNING l.id
    ), lessened AS (
      UPDATE cart_lines l SET quantity = l.quantity - o.quantity FROM ordered o
       WHERE l.cart_id = ${cart.id}::uuid AND l.variant_id = o.variant_id AND l.quantity > o.quantity
      RETURNING l.id
    )
    SELECT id FROM removed UNION ALL SELECT id FROM lessened`
  if (changed.length > 0) await tellCart(tx, cart.id, now)
}
