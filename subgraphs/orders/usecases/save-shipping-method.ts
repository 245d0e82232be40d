import { uuidv7 } from '#platform/ids/uuid.ts'
import { findTariffs, type Tariff } from '../data/find-tariffs.ts'
import type { Prisma, ShippingKind } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'

export interface ShippingTerms {
  marketId: string
  /** Unique in the market. */
  code: string
  kind: ShippingKind
  names: Readonly<Record<string, string>>
  descriptions: Readonly<Record<string, string>>
  position: number
  isActive: boolean
  /** The first that fits holds. */
  rates: readonly Omit<Prisma.ShippingRateCreateManyInput, 'methodId' | 'position'>[]
}

/**
 * Makes a way of delivery, or replaces the one of its code with all its rates. Orders keep what they were placed with. Null
 * for a market that orders has not heard of yet: it is there when the market is.
 */
export async function saveShippingMethod(tx: Tx, { rates, ...terms }: ShippingTerms): Promise<Tariff | null> {
  const { marketId, code } = terms
  const method = await tx.shippingMethod.upsert({
    where: { marketId_code: { marketId, code } },
    create: { id: uuidv7(), ...terms },
    update: terms,
  })
  await tx.shippingRate.deleteMany({ where: { methodId: method.id } })
  await tx.shippingRate.createMany({
    data: rates.map((rate, position) => ({ ...rate, methodId: method.id, position })),
  })
  const [tariff] = await findTariffs(tx, marketId, { id: method.id })
  return tariff ?? null
}
