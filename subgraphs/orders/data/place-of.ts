import type { Order } from './generated/client.ts'
import { getShopRoom } from './shop-room.ts'
import type { GoodsPlace } from './take-goods.ts'
import type { Tx } from './tx.ts'

/** Where an order that was placed before gets its goods from, if it needs them anew. */
export async function placeOf(tx: Tx, order: Order): Promise<GoodsPlace> {
  if (order.pickUpShopId !== null) {
    return { warehouseId: await getShopRoom(tx, order.pickUpShopId), isOnline: true }
  }
  const address = await tx.orderAddress.findUnique({ where: { orderId: order.id } })
  return { market: order.marketId, country: address?.country ?? null, allowsSplit: order.allowsSplit }
}
