import { type MoneyOutput, moneyColumns } from '#platform/graphql/money-output.ts'
import type { Order, Return, ReturnLine } from '../data/generated/client.ts'
import { nextReturnStatuses } from '../domain/return-state.ts'
import type { Ctx } from './services.ts'

/** A line of a return knows its currency from the order. */
type LineOfReturn = ReturnLine & { currency: string }

async function orderOf(found: Return, { loaders }: Ctx): Promise<Order> {
  const order = await loaders.order.load(found.orderId)
  if (!order) throw new Error(`Return ${found.id} has no order`)
  return order
}

const refundOf = (refundMinor: bigint | null, currency: string): MoneyOutput | null =>
  refundMinor === null ? null : moneyColumns(currency, refundMinor)

export const returnFields = {
  order: (found: Return, _: unknown, ctx: Ctx) => orderOf(found, ctx),
  lines: async (found: Return, _: unknown, ctx: Ctx): Promise<LineOfReturn[]> => {
    const [lines, { currency }] = await Promise.all([
      ctx.loaders.returnLinesOf.load(found.id),
      orderOf(found, ctx),
    ])
    return lines.map((line) => ({ ...line, currency }))
  },
  refund: async (found: Return, _: unknown, ctx: Ctx) =>
    refundOf(found.refundMinor, (await orderOf(found, ctx)).currency),
  nextStatuses: (found: Return) => nextReturnStatuses(found.status),
}

export const returnLineFields = {
  line: async (line: LineOfReturn, _: unknown, { loaders }: Ctx) => {
    const ofOrder = await loaders.orderLine.load(line.lineId)
    return ofOrder && { ...ofOrder, currency: line.currency }
  },
  refund: (line: LineOfReturn) => refundOf(line.refundMinor, line.currency),
}
