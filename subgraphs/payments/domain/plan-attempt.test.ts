import { expect, test } from 'vitest'
import { type Attempt, planAttempt } from './plan-attempt.ts'

const asked = { currency: 'EUR', amountMinor: 10_000n }
const open: Attempt = {
  id: 'a',
  status: 'PENDING',
  ...asked,
  chargedMinor: 0n,
  refundedMinor: 0n,
  hasReference: true,
  isCancelRequested: false,
  isClosed: false,
}
const closed: Attempt = { ...open, id: 'b', status: 'CANCELED', isClosed: true }
const charged: Attempt = { ...open, id: 'c', status: 'CHARGED', chargedMinor: 10_000n, isClosed: true }

test.each<[string, Attempt[], object]>([
  ['no attempt', [], { kind: 'Begin' }],
  ['an attempt that is over', [closed], { kind: 'Begin' }],
  ['an open attempt', [open, closed], { kind: 'Continue', id: 'a' }],
  ['an attempt at the bank', [{ ...open, status: 'ACTION_REQUIRED' }], { kind: 'Continue', id: 'a' }],
  [
    'an attempt the provider may not know of',
    [{ ...open, hasReference: false }],
    { kind: 'Create', id: 'a' },
  ],
  ['an attempt for another amount', [{ ...open, amountMinor: 1n }], { kind: 'CallOff', id: 'a' }],
  ['an attempt in another currency', [{ ...open, currency: 'JPY' }], { kind: 'CallOff', id: 'a' }],
  [
    'an attempt that failed and can still be charged',
    [{ ...open, status: 'FAILED' }],
    { kind: 'CallOff', id: 'a' },
  ],
  [
    'an attempt that is being called off',
    [{ ...open, isCancelRequested: true }],
    { kind: 'CallOff', id: 'a' },
  ],
  ['a charge', [charged], { kind: 'AlreadyPaid' }],
  ['a charge beside an open attempt', [open, charged], { kind: 'AlreadyPaid' }],
  ['a charge that was given back', [{ ...charged, refundedMinor: 10_000n }], { kind: 'Begin' }],
])('%s', (_, attempts, plan) => {
  expect(planAttempt(asked, attempts)).toEqual(plan)
})
