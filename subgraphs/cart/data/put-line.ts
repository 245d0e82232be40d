import { uuidv7 } from '#platform/ids/uuid.ts'
import { mostLines, mostPieces } from '../domain/limits.ts'
import type { Tx } from './cart-database.ts'

/**
 * Adds pieces to a line or makes the line; false, with nothing changed, when the cart or the line is full. One conditional
 * statement; the caller holds the cart's row, so the lines it counts are all there are.
 */
export async function putLine(
  tx: Tx,
  line: { cartId: string; variantId: string; quantity: number },
): Promise<boolean> {
  const { cartId, variantId, quantity } = line
  const written = await tx.$executeRaw`
    INSERT INTO cart_lines AS l (id, cart_id, variant_id, quantity)
    SELECT ${uuidv7()}::uuid, ${cartId}::uuid, ${variantId}::uuid, ${quantity}::int
    WHERE EXISTS (SELECT FROM cart_lines WHERE cart_id = ${cartId}::uuid AND variant_id = ${variantId}::uuid)
       OR (SELECT count(*) FROM cart_lines WHERE cart_id = ${cartId}::uuid) < ${mostLines}
    ON CONFLICT (cart_id, variant_id) DO UPDATE SET quantity = l.quantity + excluded.quantity
    WHERE l.quantity + excluded.quantity <= ${mostPieces}`
  return written === 1
}
