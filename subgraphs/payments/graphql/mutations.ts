import type { Resolver } from '#platform/graphql/build-schema.ts'
import { createCaseMutations } from './mutations/cases.ts'
import { createCashMutations } from './mutations/cash.ts'
import { createPayMutations } from './mutations/pay.ts'
import { createSupportMutations } from './mutations/support.ts'
import type { PaymentServices } from './services.ts'

export function createMutations(services: PaymentServices): Record<string, Resolver> {
  return {
    ...createPayMutations(services),
    ...createCashMutations(services),
    ...createSupportMutations(services),
    ...createCaseMutations(services),
  }
}
