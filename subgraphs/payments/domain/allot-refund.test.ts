import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allotRefund, type Refundable } from './allot-refund.ts'

const payment = (id: string, minute: number, change: Partial<Refundable> = {}): Refundable => ({
  id,
  createdAt: new Date(Date.UTC(2026, 10, 20, 9, minute)),
  refundableMinor: 0n,
  authorizedMinor: 0n,
  ...change,
})

const credit = payment('credit', 1, { refundableMinor: 4_000n })
const card = payment('card', 2, { refundableMinor: 6_000n })
const held = payment('held', 3, { authorizedMinor: 6_000n })

test.each<[string, bigint, Refundable[], object]>([
  ['the newest payment first', 5_000n, [credit, card], { gives: [{ id: 'card', amountMinor: 5_000n }] }],
  [
    'over several',
    7_000n,
    [credit, card],
    {
      gives: [
        { id: 'card', amountMinor: 6_000n },
        { id: 'credit', amountMinor: 1_000n },
      ],
      restMinor: 0n,
    },
  ],
  ['never more than was taken', 20_000n, [credit, card], { restMinor: 10_000n }],
  ['what was only allowed is released', 10_000n, [credit, held], { releases: ['held'], restMinor: 0n }],
  ['what was taken before what was allowed', 4_000n, [credit, held], { releases: [], restMinor: 0n }],
  ['an authorisation is not released in part', 5_000n, [credit, held], { releases: [], restMinor: 1_000n }],
])('%s', (_, amountMinor, payments, allotment) => {
  expect(allotRefund(amountMinor, payments)).toMatchObject(allotment)
})

test('nothing is lost and nothing is given back that was not taken', () => {
  const amounts = fc.bigInt({ min: 0n, max: 1_000n })
  const payments = fc
    .array(fc.tuple(amounts, amounts), { maxLength: 6 })
    .map((sums) =>
      sums.map(([refundableMinor, authorizedMinor], index) =>
        payment(String(index), index % 3, { refundableMinor, authorizedMinor }),
      ),
    )
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 4_000n }), payments, (owed, paid) => {
      const { gives, releases, restMinor } = allotRefund(owed, paid)
      const byId = new Map(paid.map((one) => [one.id, one]))
      const given = gives.reduce((sum, give) => sum + give.amountMinor, 0n)
      const released = releases.reduce((sum, id) => sum + (byId.get(id)?.authorizedMinor ?? 0n), 0n)
      expect(given + released + restMinor).toBe(owed)
      expect(restMinor).toBeGreaterThanOrEqual(0n)
      for (const { id, amountMinor } of gives) {
        expect(amountMinor).toBeLessThanOrEqual(byId.get(id)?.refundableMinor ?? -1n)
      }
    }),
  )
})
