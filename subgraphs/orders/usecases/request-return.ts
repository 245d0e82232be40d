import { returnRequested } from '#contracts/orders.ts'
import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { emit } from '#platform/outbox/emit.ts'
import { fingerprint, once } from '#platform/outbox/idempotency.ts'
import { countLines } from '../data/count-lines.ts'
import type { ReturnReason } from '../data/generated/client.ts'
import { lockOrder, type OrderWithLines } from '../data/lock-order.ts'
import { noteEvents } from '../data/note-event.ts'
import type { Tx } from '../data/tx.ts'
import { takeStep } from '../domain/order-state.ts'
import { returnableUntil } from '../domain/return-window.ts'
import { orderNotFound, type OrderRefusal } from './cancel-order.ts'
import { toReturnPayload } from './tell-return.ts'

export interface RequestReturnRequest {
  orderId: string
  /** One per line. */
  lines: { lineId: string; quantity: number }[]
  reason: ReturnReason
  note: string | null
  idempotencyKey: string
  requestedBy: { userId: string; actor: 'customer' | 'staff'; mayBeLate: boolean }
  mayAsk(order: OrderWithLines): boolean
}

export type RequestReturnRefusal =
  | OrderRefusal
  | { kind: 'NotReturnableError'; message: string; code: 'TOO_LATE' | 'TOO_MANY' | 'UNKNOWN_LINE' }

/** The customer wants to give pieces back: they are set aside for this return until it is turned down. */
export async function requestReturn(
  tx: Tx,
  request: RequestReturnRequest,
  refuse: Refuse<RequestReturnRefusal>,
  now: Date,
): Promise<{ returnId: string }> {
  const { orderId, lines, reason, note, idempotencyKey, requestedBy } = request
  const { result } = await once(
    tx,
    {
      scope: `requestReturn ${requestedBy.userId}`,
      key: idempotencyKey,
      fingerprint: fingerprint({ orderId, lines, reason, note }),
    },
    async () => ({ returnId: await ask(tx, request, refuse, now) }),
  )
  return result
}

async function ask(
  tx: Tx,
  request: RequestReturnRequest,
  refuse: Refuse<RequestReturnRefusal>,
  now: Date,
): Promise<string> {
  const order = await lockOrder(tx, request.orderId)
  if (!order || !request.mayAsk(order)) return refuse(orderNotFound)
  await assertReturnable(tx, order, request, refuse, now)
  const { requestedBy, reason, note } = request
  const found = await tx.return.create({
    data: {
      id: uuidv7(),
      orderId: order.id,
      idempotencyKey: `${requestedBy.userId} ${request.idempotencyKey}`,
      status: 'REQUESTED',
      reason,
      note,
      requestedAt: now,
      lines: { createMany: { data: request.lines } },
    },
    include: { lines: true },
  })
  const pieces = request.lines.reduce((sum, line) => sum + line.quantity, 0)
  await noteEvents(tx, [
    {
      orderId: order.id,
      at: now,
      type: 'return.requested',
      message: `${pieces === 1 ? '1 piece' : `${String(pieces)} pieces`} asked to be taken back.`,
      actor: requestedBy.actor,
    },
  ])
  await emit(tx, returnRequested, {
    aggregateId: found.id,
    market: order.marketId,
    payload: { ...toReturnPayload(order, found), reason },
  })
  return found.id
}

async function assertReturnable(
  tx: Tx,
  order: OrderWithLines,
  { lines, requestedBy }: RequestReturnRequest,
  refuse: Refuse<RequestReturnRefusal>,
  now: Date,
): Promise<void> {
  if (takeStep(order.status, 'take-back-some') === null || order.handedOverAt === null) {
    return refuse({
      kind: 'IllegalOrderStateError',
      message: 'Nothing of this order can be given back where it stands.',
      status: order.status,
    })
  }
  if (!requestedBy.mayBeLate && now >= returnableUntil(order.handedOverAt)) {
    refuse({
      kind: 'NotReturnableError',
      message: 'The days to give something back are over. Write to us.',
      code: 'TOO_LATE',
    })
  }
  const counts = new Map((await countLines(tx, [order.id])).map((count) => [count.lineId, count]))
  for (const { lineId, quantity } of lines) {
    const count = counts.get(lineId)
    if (!count) {
      const message = 'This line is not of this order. Reload the order and try again.'
      return refuse({ kind: 'NotReturnableError', message, code: 'UNKNOWN_LINE' })
    }
    if (quantity > count.handedOver - count.claimed) {
      const message = 'So many pieces cannot be given back. Reload the order to see how many can.'
      refuse({ kind: 'NotReturnableError', message, code: 'TOO_MANY' })
    }
  }
}
