import { isUuid } from '#platform/ids/uuid.ts'
import { endPromotion as end } from '../../usecases/end-promotion.ts'
import { promotionNotFound } from '../../usecases/save-promotion.ts'
import type { Services } from '../services.ts'

export function endPromotion({ database, clock }: Services) {
  return async (_: unknown, { input }: { input: { id: string; version: number } }) => {
    const { version } = input
    if (!isUuid(input.id)) return promotionNotFound
    const id = input.id.toLowerCase()
    return await database.transact((tx) => end(tx, { id, version, now: clock.now() }))
  }
}
