import { hasRole, isStaff } from '#platform/auth/identity.ts'
import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { unauthenticated } from '#platform/errors/errors.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { cancelOrder as cancel, orderNotFound, type OrderRefusal } from '../../usecases/cancel-order.ts'
import type { Ctx, Services } from '../services.ts'

export function cancelOrder({ database, clock }: Services) {
  return async (_: unknown, { id }: { id: string }, ctx: Ctx) => {
    const { identity } = ctx
    if (!identity) throw unauthenticated()
    if (!isUuid(id)) return orderNotFound
    const outcome = await transactOrRefuse(database, async (tx, refuse: Refuse<OrderRefusal>) => {
      const request = {
        orderId: id.toLowerCase(),
        mayCancel: (order: { customerRef: string | null }) =>
          order.customerRef === identity.userId || hasRole(identity, 'SUPPORT', 'ADMIN'),
        mayCancelPaid: hasRole(identity, 'SUPPORT', 'ADMIN'),
        actor: isStaff(identity) ? ('staff' as const) : ('customer' as const),
      }
      await cancel(tx, request, refuse, clock.now())
      return { kind: 'Canceled' as const }
    })
    if (outcome.kind !== 'Canceled') return outcome
    return { kind: 'CancelOrderSuccess', order: await ctx.loaders.order.load(id.toLowerCase()) }
  }
}
