import type { PromotionState } from '../domain/promotion.ts'
import type { Prisma, PrismaClient, Promotion } from './generated/client.ts'

export interface PromotionPage {
  limit: number
  after: { startsAt: Date; id: string } | null
}

/** Promotions in a state, or all; those that begin last first. One more than the limit when more follow. */
export function listPromotions(
  prisma: PrismaClient,
  inState: Prisma.PromotionWhereInput,
  { limit, after }: PromotionPage,
): Promise<Promotion[]> {
  const behind = after && {
    OR: [{ startsAt: { lt: after.startsAt } }, { startsAt: after.startsAt, id: { lt: after.id } }],
  }
  return prisma.promotion.findMany({
    where: { AND: [inState, behind ?? {}] },
    orderBy: [{ startsAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  })
}

/** What `promotionState` decides, as a condition. */
export function isInState(state: PromotionState | null, now: Date): Prisma.PromotionWhereInput {
  switch (state) {
    case null:
      return {}
    case 'OFF':
      return { isActive: false }
    case 'ENDED':
      return { isActive: true, endsAt: { lte: now } }
    case 'SCHEDULED':
      return { isActive: true, startsAt: { gt: now } }
    case 'RUNNING':
      return { isActive: true, startsAt: { lte: now }, OR: [{ endsAt: null }, { endsAt: { gt: now } }] }
  }
}
