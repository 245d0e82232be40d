import { expect, test } from 'vitest'
import { mergeTimeline } from './merge-timeline.ts'

const amount = { currency: 'EUR', amount: '10.00' }

test('what happened to the order and to its money is one story in the order of time', () => {
  const story = mergeTimeline({
    timeline: [
      {
        id: 'o1',
        at: '2026-11-20T10:00:00.000Z',
        type: 'order.placed',
        message: 'Placed',
        actor: 'customer',
      },
      { id: 'o2', at: '2026-11-20T10:00:05.000Z', type: 'order.confirmed', message: 'Paid', actor: 'system' },
    ],
    transactions: [
      {
        provider: 'sandbox',
        kind: 'ONLINE',
        events: [
          { id: 't1', at: '2026-11-20T10:00:02.000Z', type: 'CHARGE_FAILURE', message: 'Refused', amount },
          { id: 't2', at: '2026-11-20T10:00:05.000Z', type: 'CHARGE_SUCCESS', amount },
        ],
      },
    ],
  })
  expect(story.map((entry) => entry.id)).toEqual(['o1', 't1', 'o2', 't2'])
  expect(story[1]).toMatchObject({ area: 'Payment', actor: 'sandbox', message: 'Refused', amount })
})
