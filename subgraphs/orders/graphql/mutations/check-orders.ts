import { tellMismatches } from '../../usecases/tell-mismatches.ts'
import type { Services } from '../services.ts'

export function checkOrders({ database, clock }: Services) {
  return async () => {
    const checkedAt = clock.now()
    return { checkedAt, mismatches: await database.transact((tx) => tellMismatches(tx, checkedAt)) }
  }
}
