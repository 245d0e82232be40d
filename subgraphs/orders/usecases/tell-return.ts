import type { OrderWithLines } from '../data/lock-order.ts'
import type { ReturnWithLines } from '../data/lock-return.ts'

/** What every event of a return says of it. No personal data: the note stays here. */
export function toReturnPayload(order: OrderWithLines, found: ReturnWithLines) {
  const lineOf = new Map(order.lines.map((line) => [line.id, line]))
  return {
    returnId: found.id,
    orderId: order.id,
    number: order.number,
    customerRef: order.customerRef,
    locale: order.locale,
    currency: order.currency,
    lines: found.lines.flatMap(({ lineId, quantity }) => {
      const line = lineOf.get(lineId)
      return line ? [{ lineId, variantId: line.variantId, sku: line.sku, quantity }] : []
    }),
  }
}
