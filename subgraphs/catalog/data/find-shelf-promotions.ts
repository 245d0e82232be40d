import type { Promotion } from '../domain/promotion.ts'
import { shelfPromotions } from '../domain/shelf-price.ts'
import type { PrismaClient } from './generated/client.ts'
import { isInState } from './list-promotions.ts'
import { toPromotion } from './stored-promotion.ts'

/** The promotions of the catalogue that hold at a time, in the order they are reckoned. */
export async function findShelfPromotions(prisma: PrismaClient, now: Date): Promise<Promotion[]> {
  const rows = await prisma.promotion.findMany({ where: { scope: 'CATALOG', ...isInState('RUNNING', now) } })
  return shelfPromotions(rows.map(toPromotion), now)
}
