import { testIdentity } from '#platform/testing/test-identity.ts'
import { updateDelivery } from '../usecases/update-delivery.ts'
import type { House } from './house.ts'

/** The courier takes the parcels of a paid order, or only the first `most` of them. */
export async function handOver(house: House, orderId: string, most = 100): Promise<void> {
  const parcels = await house.prisma.delivery.findMany({
    where: { orderId, status: 'PENDING' },
    orderBy: { id: 'asc' },
    take: most,
  })
  for (const { id } of parcels) {
    await house.inTx((tx) =>
      updateDelivery(
        tx,
        { deliveryId: id, to: 'CARRIER_PICKED_UP', mayMove: () => true },
        (refusal) => {
          throw new Error(JSON.stringify(refusal))
        },
        house.clock.now(),
      ),
    )
  }
}

/** An order of so many pieces, paid and handed over; where tax comes on top, when the market is US. */
export async function soldOrder(
  house: House,
  quantity: number,
  identity = testIdentity(),
  market: 'FR' | 'US' = 'FR',
) {
  const variantId = await house.sell({ 'PAR-DC': quantity })
  const input = house.orderOf(variantId, quantity, market === 'FR' ? {} : toNewYork)
  const { actual } = await house.place({ ...input, expectedTotal: '1' }, identity)
  const order = await house.placed({ ...input, expectedTotal: actual?.minorUnits }, identity)
  const { payload } = await house.charge(order, { currency: actual?.currency })
  await handOver(house, order.id)
  const [line] = await house.prisma.orderLine.findMany({ where: { orderId: order.id } })
  if (!line) throw new Error('The order has no line')
  return { ...order, variantId, lineId: line.id, line, transaction: payload }
}

const toNewYork = {
  market: 'US',
  shippingAddress: {
    name: 'A',
    lines: ['1 Main'],
    city: 'NY',
    region: 'NY',
    postalCode: '10001',
    country: 'US',
  },
}
