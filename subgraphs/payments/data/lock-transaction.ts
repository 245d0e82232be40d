import type { Transaction } from './generated/client.ts'
import type { Tx } from './tx.ts'

/** Takes the row; whoever else wants to apply something to this transaction waits. Null when there is none. */
export async function lockTransaction(tx: Tx, id: string): Promise<Transaction | null> {
  const locked = await tx.$queryRaw<unknown[]>`SELECT FROM transactions WHERE id = ${id}::uuid FOR UPDATE`
  return locked.length === 0 ? null : await tx.transaction.findUnique({ where: { id } })
}
