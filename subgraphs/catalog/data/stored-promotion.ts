import type { Promotion, PromotionAction, PromotionCondition } from '../domain/promotion.ts'
import type { Prisma, Promotion as PromotionRow } from './generated/client.ts'
import { readTranslations, toJson } from './json-columns.ts'

// Only `save-promotion.ts` writes these columns, after the input was parsed: reading trusts their shape.
export const readConditions = (value: Prisma.JsonValue) => value as unknown as PromotionCondition[]
export const readActions = (value: Prisma.JsonValue) => value as unknown as PromotionAction[]

export function toPromotion(row: PromotionRow): Promotion {
  const { id, scope, marketIds, priority, stacking, needsVoucher, startsAt, endsAt, isActive } = row
  return {
    ...{ id, scope, marketIds, priority, stacking, needsVoucher, startsAt, endsAt, isActive },
    names: readTranslations(row.names),
    conditions: readConditions(row.conditions),
    actions: readActions(row.actions),
  }
}

export function toPromotionRow({ names, conditions, actions, ...rest }: Promotion) {
  return { ...rest, names: toJson(names), conditions: toJson(conditions), actions: toJson(actions) }
}
