import { expect, test } from 'vitest'
import { decideCharge, nextStaffSteps, type OrderStatus, type OrderStep, takeStep } from './order-state.ts'

const statuses: OrderStatus[] = [
  'UNCONFIRMED',
  'UNFULFILLED',
  'PARTIALLY_FULFILLED',
  'FULFILLED',
  'PARTIALLY_RETURNED',
  'RETURNED',
  'EXPIRED',
  'CANCELED',
]

// Every allowed step; all others of the table are refused.
const allowed: [OrderStep, Partial<Record<OrderStatus, OrderStatus>>][] = [
  ['confirm', { UNCONFIRMED: 'UNFULFILLED' }],
  ['expire', { UNCONFIRMED: 'EXPIRED' }],
  ['cancel', { UNCONFIRMED: 'CANCELED' }],
  ['cancel-paid', { UNFULFILLED: 'CANCELED' }],
  ['reinstate', { EXPIRED: 'UNFULFILLED' }],
  [
    'hand-over-some',
    {
      UNFULFILLED: 'PARTIALLY_FULFILLED',
      PARTIALLY_FULFILLED: 'PARTIALLY_FULFILLED',
      PARTIALLY_RETURNED: 'PARTIALLY_RETURNED',
    },
  ],
  [
    'hand-over-all',
    {
      UNFULFILLED: 'FULFILLED',
      PARTIALLY_FULFILLED: 'FULFILLED',
      PARTIALLY_RETURNED: 'PARTIALLY_RETURNED',
    },
  ],
  [
    'take-back-some',
    {
      PARTIALLY_FULFILLED: 'PARTIALLY_RETURNED',
      FULFILLED: 'PARTIALLY_RETURNED',
      PARTIALLY_RETURNED: 'PARTIALLY_RETURNED',
    },
  ],
  ['take-back-all', { FULFILLED: 'RETURNED', PARTIALLY_RETURNED: 'RETURNED' }],
]

test.each(allowed)('%s leads from where it may, and from nowhere else', (step, targets) => {
  for (const status of statuses) expect(takeStep(status, step)).toBe(targets[status] ?? null)
})

const of = (status: OrderStatus, coveredBeforeMinor: bigint, coveredNowMinor: bigint, isOfTill = false) =>
  decideCharge({ status, isOfTill, totalMinor: 100n, coveredBeforeMinor, coveredNowMinor }).kind

test('money confirms an unpaid order when it is all of it', () => {
  expect(of('UNCONFIRMED', 0n, 99n)).toBe('Keep')
  expect(of('UNCONFIRMED', 0n, 100n)).toBe('Confirm')
  expect(of('UNCONFIRMED', 60n, 120n)).toBe('Confirm')
})

test('late money asks for the goods again, when it is all of it', () => {
  expect(of('EXPIRED', 0n, 100n)).toBe('Reinstate')
  expect(of('EXPIRED', 0n, 99n)).toBe('Reject')
})

test('money for a called-off order goes back', () => {
  expect(of('CANCELED', 0n, 100n)).toBe('Reject')
})

test.each(['UNFULFILLED', 'PARTIALLY_FULFILLED', 'FULFILLED', 'PARTIALLY_RETURNED', 'RETURNED'] as const)(
  'a paid order that is %s gives back what comes on top, once, and never what a till took',
  (status) => {
    expect(of(status, 100n, 200n)).toBe('Reject')
    expect(of(status, 100n, 100n)).toBe('Keep')
    expect(of(status, 40n, 100n)).toBe('Keep')
    expect(of(status, 100n, 200n, true)).toBe('Keep')
  },
)

test('staff are shown what they can do with an order', () => {
  const shown = statuses.map((status) => [status, nextStaffSteps(status, true).join(' ')])
  expect(Object.fromEntries(shown)).toEqual({
    UNCONFIRMED: 'CANCEL',
    UNFULFILLED: 'CANCEL HAND_OVER',
    PARTIALLY_FULFILLED: 'HAND_OVER TAKE_BACK',
    FULFILLED: 'TAKE_BACK',
    PARTIALLY_RETURNED: 'HAND_OVER TAKE_BACK',
    RETURNED: '',
    EXPIRED: '',
    CANCELED: '',
  })
  expect(nextStaffSteps('PARTIALLY_RETURNED', false)).toEqual(['TAKE_BACK'])
})
