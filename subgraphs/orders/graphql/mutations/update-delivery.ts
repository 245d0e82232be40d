import { hasRole, type Identity } from '#platform/auth/identity.ts'
import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { unauthenticated } from '#platform/errors/errors.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import type { DeliveryStatus } from '../../domain/delivery-state.ts'
import {
  deliveryNotFound,
  type DeliveryRefusal,
  updateDelivery as update,
} from '../../usecases/update-delivery.ts'
import type { Ctx, Services } from '../services.ts'

interface Args {
  input: { deliveryId: string; status: DeliveryStatus }
}

export function updateDelivery({ database, clock }: Services) {
  return async (_: unknown, { input }: Args, ctx: Ctx) => {
    const { identity } = ctx
    if (!identity) throw unauthenticated()
    if (!isUuid(input.deliveryId)) return deliveryNotFound
    const deliveryId = input.deliveryId.toLowerCase()
    const outcome = await transactOrRefuse(database, async (tx, refuse: Refuse<DeliveryRefusal>) => {
      const request = {
        deliveryId,
        to: input.status,
        mayMove: (delivery: { courierRef: string | null }, order: { pickUpShopId: string | null }) =>
          delivery.courierRef === identity.userId ||
          hasRole(identity, 'SUPPORT', 'ADMIN') ||
          (order.pickUpShopId !== null && worksIn(identity, order.pickUpShopId)),
      }
      await update(tx, request, refuse, clock.now())
      return { kind: 'Updated' as const }
    })
    if (outcome.kind !== 'Updated') return outcome
    return { kind: 'UpdateDeliverySuccess', delivery: await ctx.loaders.delivery.load(deliveryId) }
  }
}

function worksIn(identity: Identity, shopId: string): boolean {
  return (
    hasRole(identity, 'CLERK', 'SHOP_MANAGER') &&
    (identity.shopIds.length === 0 || identity.shopIds.includes(shopId))
  )
}
