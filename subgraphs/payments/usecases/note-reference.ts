import { paymentStarted } from '#contracts/payments.ts'
import type { Transaction } from '../data/generated/client.ts'
import { updateTransaction } from '../data/lock-transaction.ts'
import type { Tx } from '../data/tx.ts'
import { tellTransaction } from './tell-transaction.ts'

/**
 * Notes under which reference the provider knows a transaction, and tells that it has begun, once. A webhook may know
 * the reference before the answer of the call that made it; only the answer brings the secret. The caller holds the row.
 */
export async function noteReference(
  tx: Tx,
  transaction: Transaction,
  known: { reference: string; clientSecret: string | null },
): Promise<void> {
  const { id, pspReference } = transaction
  const clientSecret = transaction.clientSecret ?? known.clientSecret
  if (pspReference !== null && clientSecret === transaction.clientSecret) return
  const noted = await updateTransaction(tx, id, {
    pspReference: pspReference ?? known.reference,
    clientSecret,
  })
  if (pspReference === null) await tellTransaction(tx, paymentStarted, noted, {})
}
