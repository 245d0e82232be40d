import { columnsOf, updateReturning } from '#platform/database/rows.ts'
import { Prisma, type Transaction } from './generated/client.ts'
import type { Tx } from './tx.ts'

const fields = Prisma.TransactionScalarFieldEnum
const columns = columnsOf(fields)

/** Takes the row; whoever else wants to apply something to this transaction waits. Null when there is none. */
export async function lockTransaction(tx: Tx, id: string): Promise<Transaction | null> {
  const [transaction] = await tx.$queryRawUnsafe<Transaction[]>(
    `SELECT ${columns} FROM transactions WHERE id = $1::uuid FOR UPDATE`,
    id,
  )
  return transaction ?? null
}

/** The same by what the provider calls it. */
export async function lockTransactionOf(
  tx: Tx,
  provider: string,
  reference: string,
): Promise<Transaction | null> {
  const [transaction] = await tx.$queryRawUnsafe<Transaction[]>(
    `SELECT ${columns} FROM transactions WHERE provider = $1 AND psp_reference = $2 FOR UPDATE`,
    provider,
    reference,
  )
  return transaction ?? null
}

/** All transactions of an order, the newest first. The caller holds the order's row. */
export async function findTransactionsOf(tx: Tx, orderId: string): Promise<Transaction[]> {
  return await tx.$queryRawUnsafe(
    `SELECT ${columns} FROM transactions WHERE order_id = $1::uuid ORDER BY id DESC`,
    orderId,
  )
}

/** Changes a transaction whose row the caller holds. */
export async function updateTransaction(
  tx: Tx,
  id: string,
  set: Prisma.TransactionUncheckedUpdateInput,
): Promise<Transaction> {
  const after = await updateReturning<Transaction>(tx, { table: 'transactions', fields, id, set })
  if (!after) throw new Error(`There is no transaction ${id}`)
  return after
}
