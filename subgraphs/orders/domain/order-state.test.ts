import { expect, test } from 'vitest'
import { decideCharge, type OrderStatus, type OrderStep, takeStep } from './order-state.ts'

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
  ['reinstate', { EXPIRED: 'UNFULFILLED' }],
  ['hand-over-some', { UNFULFILLED: 'PARTIALLY_FULFILLED', PARTIALLY_FULFILLED: 'PARTIALLY_FULFILLED' }],
  ['hand-over-all', { UNFULFILLED: 'FULFILLED', PARTIALLY_FULFILLED: 'FULFILLED' }],
]

test.each(allowed)('%s leads from where it may, and from nowhere else', (step, targets) => {
  for (const status of statuses) expect(takeStep(status, step)).toBe(targets[status] ?? null)
})

const of = (status: OrderStatus, paidBeforeMinor: bigint, paidNowMinor: bigint, isOfTill = false) =>
  decideCharge({ status, isOfTill, totalMinor: 100n, paidBeforeMinor, paidNowMinor }).kind

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
