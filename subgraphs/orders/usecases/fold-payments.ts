import type { OrderCharge } from '../data/generated/client.ts'
import type { OrderWithLines } from '../data/lock-order.ts'
import type { Tx } from '../data/tx.ts'
import { authorizeStatusOf, chargeStatusOf, coveredMinor, paidMinor } from '../domain/charge-status.ts'

/** Folds what payments told into the order's own words. The caller holds the order's row. */
export async function foldPayments(
  tx: Tx,
  order: OrderWithLines,
  charges: readonly OrderCharge[],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE orders SET charge_status = ${chargeStatusOf(order.totalMinor, paidFor(order, charges))}::charge_status,
                      authorize_status = ${authorizeStatusOf(order.totalMinor, coveredFor(order, charges))}::authorize_status
     WHERE id = ${order.id}::uuid`
}

/** What is paid net of refunds, in the order's own currency. */
export function paidFor(order: OrderWithLines, charges: readonly OrderCharge[]): bigint {
  return paidMinor(order.tenderedMinor, ofCurrency(order, charges))
}

/** What is paid or can be taken at any time, in the order's own currency. */
export function coveredFor(order: OrderWithLines, charges: readonly OrderCharge[]): bigint {
  return coveredMinor(order.tenderedMinor, ofCurrency(order, charges))
}

const ofCurrency = (order: OrderWithLines, charges: readonly OrderCharge[]): OrderCharge[] =>
  charges.filter((charge) => charge.currency === order.currency)
