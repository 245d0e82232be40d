import { returnDecided } from '#contracts/orders.ts'
import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { emit } from '#platform/outbox/emit.ts'
import { lockReturn } from '../data/lock-return.ts'
import { noteEvents } from '../data/note-event.ts'
import type { Tx } from '../data/tx.ts'
import { decideReturnStep } from '../domain/return-state.ts'
import { returnNotFound, type ReturnRefusal } from './return-refusal.ts'
import { toReturnPayload } from './tell-return.ts'

/** The house allows a return, or turns it down: then its pieces can be asked for again. */
export async function decideReturn(
  tx: Tx,
  decision: { returnId: string; isApproved: boolean; refusal: string | null },
  refuse: Refuse<ReturnRefusal>,
  now: Date,
): Promise<void> {
  const { isApproved, refusal } = decision
  const locked = await lockReturn(tx, decision.returnId)
  if (!locked) return refuse(returnNotFound)
  const { order, found } = locked
  const step = decideReturnStep(found.status, isApproved ? 'approve' : 'reject')
  if (step.kind === 'Repeat') return
  if (step.kind === 'Illegal') {
    return refuse({
      kind: 'IllegalReturnStateError',
      message: 'This return was decided already. Reload to see where it stands.',
      status: found.status,
    })
  }
  await tx.return.update({ where: { id: found.id }, data: { status: step.to, refusal, decidedAt: now } })
  await noteEvents(tx, [
    {
      orderId: order.id,
      at: now,
      type: isApproved ? 'return.approved' : 'return.rejected',
      message: isApproved
        ? 'The return was allowed; the pieces can be sent.'
        : `The return was turned down: ${refusal ?? ''}`,
      actor: 'staff',
    },
  ])
  await emit(tx, returnDecided, {
    aggregateId: found.id,
    market: order.marketId,
    payload: { ...toReturnPayload(order, found), isApproved, refusal },
  })
}
