import type { EventDefinition } from '#platform/events/define-event.ts'
import { emit } from '#platform/outbox/emit.ts'
import type { Transaction } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'

/** What every event of a transaction says of it. */
export function toTransactionPayload(transaction: Transaction) {
  return {
    transactionId: transaction.id,
    orderId: transaction.orderId,
    orderNumber: transaction.orderNumber,
    kind: transaction.kind,
    provider: transaction.provider,
    pspReference: transaction.pspReference,
    currency: transaction.currency,
    amountMinor: transaction.amountMinor.toString(),
    authorizedMinor: transaction.authorizedMinor.toString(),
    chargedMinor: transaction.chargedMinor.toString(),
    refundedMinor: transaction.refundedMinor.toString(),
  }
}

type TransactionPayload = Omit<ReturnType<typeof toTransactionPayload>, 'authorizedMinor'> & {
  authorizedMinor?: string | undefined
}

/** Tells an event of a transaction, with what it says beyond the transaction itself. */
export async function tellTransaction<P extends TransactionPayload>(
  tx: Tx,
  event: EventDefinition<P>,
  transaction: Transaction,
  extra: Omit<P, keyof TransactionPayload>,
): Promise<void> {
  const [order] = await tx.$queryRaw<{ marketId: string | null }[]>`
    SELECT market_id AS "marketId" FROM payable_orders WHERE order_id = ${transaction.orderId}::uuid`
  await emit(tx, event, {
    aggregateId: transaction.id,
    market: order?.marketId ?? null,
    // The two halves are P by its own definition; the compiler can't add them up for a type parameter.
    payload: { ...toTransactionPayload(transaction), ...extra } as unknown as P,
  })
}
