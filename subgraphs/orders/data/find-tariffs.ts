import type { Prisma, ShippingMethod, ShippingRate } from './generated/client.ts'
import type { Tx } from './tx.ts'

/** A way of delivery with its rates in the currency of its market. */
export type Tariff = ShippingMethod & { rates: ShippingRate[]; currency: string }

/** A market's ways of delivery in the order of choice, at most 100; none for a market nobody has heard of. */
export async function findTariffs(
  tx: Pick<Tx, 'shippingMethod' | 'market'>,
  marketId: string,
  only: Prisma.ShippingMethodWhereInput = {},
): Promise<Tariff[]> {
  const market = await tx.market.findUnique({ where: { id: marketId }, select: { currency: true } })
  if (!market) return []
  const methods = await tx.shippingMethod.findMany({
    where: { ...only, marketId },
    include: { rates: { orderBy: { position: 'asc' } } },
    orderBy: [{ position: 'asc' }, { code: 'asc' }],
    take: 100,
  })
  return methods.map((method) => ({ ...method, currency: market.currency }))
}
