import { mostLines, mostPieces } from '../domain/limits.ts'
import type { Tx } from './cart-database.ts'

/**
 * Moves all lines of one cart into another; of a variant in both the pieces add up, to 99 at most, and past 100 lines the
 * youngest are left out. The caller holds both rows.
 */
export async function moveLines(tx: Tx, from: string, to: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE cart_lines AS mine SET quantity = least(mine.quantity + theirs.quantity, ${mostPieces})
    FROM cart_lines AS theirs
    WHERE mine.cart_id = ${to}::uuid AND theirs.cart_id = ${from}::uuid AND mine.variant_id = theirs.variant_id`
  await tx.$executeRaw`
    UPDATE cart_lines SET cart_id = ${to}::uuid WHERE id IN (
      SELECT id FROM cart_lines AS theirs
      WHERE cart_id = ${from}::uuid AND NOT EXISTS (
        SELECT FROM cart_lines AS mine WHERE mine.cart_id = ${to}::uuid AND mine.variant_id = theirs.variant_id)
      ORDER BY id
      LIMIT greatest(0, ${mostLines} - (SELECT count(*) FROM cart_lines WHERE cart_id = ${to}::uuid)))`
  await tx.cartLine.deleteMany({ where: { cartId: from } })
}
