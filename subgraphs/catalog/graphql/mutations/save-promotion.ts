import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { unauthenticated } from '#platform/errors/errors.ts'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { savePromotion as save, type SavePromotionRefusal } from '../../usecases/save-promotion.ts'
import type { Context } from '../context.ts'
import { promotionInput } from '../promotion-input.ts'
import type { Services } from '../services.ts'

export function savePromotion({ database, clock }: Services) {
  return async (_: unknown, { input }: { input: object }, { identity }: Context) => {
    if (!identity) throw unauthenticated()
    const parsed = parseInput(promotionInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const request = { ...parsed.value, savedBy: identity.userId }
    return await transactOrRefuse(database, (tx, refuse: Refuse<SavePromotionRefusal>) =>
      save(tx, request, { refuse, now: clock.now() }),
    )
  }
}
