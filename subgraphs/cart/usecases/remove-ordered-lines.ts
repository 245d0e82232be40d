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
  const named = await tx.cart.findUnique({ where: { id: order.cartId } })
  const cart = named && (await lockCart(tx, named.mergedInto ?? named.id))
  if (!cart || (cart.userId !== null && cart.userId !== order.customerRef)) return
  if (cart.mergedInto !== null) throw new Error('Merged at this very moment: the next try follows it')
  const variantIds = order.lines.map((line) => line.variantId)
  const quantities = order.lines.map((line) => line.quantity)
  const removed = await tx.$executeRaw`
    DELETE FROM cart_lines l USING unnest(${variantIds}::uuid[], ${quantities}::int[]) AS o (variant_id, quantity)
    WHERE l.cart_id = ${cart.id}::uuid AND l.variant_id = o.variant_id AND l.quantity <= o.quantity`
  const lessened = await tx.$executeRaw`
    UPDATE cart_lines l SET quantity = l.quantity - o.quantity
    FROM unnest(${variantIds}::uuid[], ${quantities}::int[]) AS o (variant_id, quantity)
    WHERE l.cart_id = ${cart.id}::uuid AND l.variant_id = o.variant_id AND l.quantity > o.quantity`
  if (removed + lessened > 0) await tellCart(tx, cart.id, now)
}
