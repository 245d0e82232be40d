import type { z } from 'zod'
import { promotionChanged } from '#contracts/catalog.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import type { House } from './house.ts'

export const merchandiser = testIdentity({ roles: ['MERCHANDISER'] })

export const all = {
  productIds: [],
  variantIds: [],
  categories: [],
  collectionIds: [],
  excludesReduced: false,
}

type Told = z.infer<typeof promotionChanged.payload>

/** A promotion of 10 % with a voucher, about these variants only, so that no other test meets it. */
export async function promote(house: House, variantIds: string[], over: Partial<Told> = {}): Promise<string> {
  const promotionId = uuidv7()
  await house.publish(promotionChanged, {
    aggregateId: promotionId,
    payload: {
      promotionId,
      names: { en: 'Welcome', fr: 'Bienvenue' },
      scope: 'ORDER',
      marketIds: ['FR'],
      priority: 1,
      stacking: 'STACKS',
      needsVoucher: true,
      conditions: [],
      actions: [{ kind: 'PERCENTAGE', ppm: 100_000, goods: { ...all, variantIds } }],
      startsAt: '2020-01-01T00:00:00.000Z',
      endsAt: null,
      isActive: true,
      ...over,
    },
  })
  return promotionId
}

let made = 0
interface Saved {
  kind: unknown
  field?: string
  used?: number
  voucher?: { code: string; used: number }
}

export async function save(house: House, input: object, identity = merchandiser): Promise<Saved> {
  const code = `CODE${String(++made)}`
  const { data, errors } = await house.query<{ saveVoucher: Saved }>(
    `mutation ($input: SaveVoucherInput!) { saveVoucher(input: $input) { kind: __typename
       ... on SaveVoucherSuccess { voucher { code used } } ... on VoucherInUseError { used } ... on InvalidInputError { field } } }`,
    { input: { code, ...input } },
    identity,
  )
  return errors ? { kind: errors[0]?.extensions?.code } : data.saveVoucher
}
