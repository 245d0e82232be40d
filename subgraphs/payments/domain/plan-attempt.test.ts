import { expect, test } from 'vitest'
import { type Attempt, planAttempt } from './plan-attempt.ts'

const asked = { by: 'ONLINE', currency: 'EUR', totalMinor: 10_000n } as const
const open: Attempt = {
  id: 'a',
  kind: 'ONLINE',
  status: 'PENDING',
  currency: 'EUR',
  amountMinor: 10_000n,
  authorizedMinor: 0n,
  chargedMinor: 0n,
  refundedMinor: 0n,
  chargedBackMinor: 0n,
  hasReference: true,
  isCancelRequested: false,
  isClosed: false,
}
const closed: Attempt = { ...open, id: 'b', status: 'CANCELED', isClosed: true }
const charged: Attempt = { ...open, id: 'c', status: 'CHARGED', chargedMinor: 10_000n, isClosed: true }
const credit: Attempt = {
  ...charged,
  id: 'd',
  kind: 'STORE_CREDIT',
  amountMinor: 4_000n,
  chargedMinor: 4_000n,
}

test.each<[string, Attempt[], object]>([
  ['no attempt', [], { kind: 'Begin', amountMinor: 10_000n }],
  ['an attempt that is over', [closed], { kind: 'Begin', amountMinor: 10_000n }],
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
  [
    'a charge that was given back',
    [{ ...charged, refundedMinor: 10_000n }],
    { kind: 'Begin', amountMinor: 10_000n },
  ],
  [
    'an authorisation',
    [{ ...open, status: 'AUTHORIZED', authorizedMinor: 10_000n }],
    { kind: 'AlreadyPaid' },
  ],
  ['store credit that pays all', [{ ...credit, chargedMinor: 10_000n }], { kind: 'AlreadyPaid' }],
  ['store credit that pays a part', [credit], { kind: 'Begin', amountMinor: 6_000n }],
  ['an attempt for all beside store credit', [open, credit], { kind: 'CallOff', id: 'a' }],
  [
    'an attempt for the rest beside store credit',
    [{ ...open, amountMinor: 6_000n }, credit],
    { kind: 'Continue', id: 'a' },
  ],
  ['an awaited transfer', [{ ...open, id: 't', kind: 'BANK_TRANSFER' }], { kind: 'CallOff', id: 't' }],
])('%s', (_, attempts, plan) => {
  expect(planAttempt(asked, attempts)).toEqual(plan)
})

test('store credit calls everything off that is open, and takes what is due', () => {
  const byCredit = { ...asked, by: 'STORE_CREDIT' } as const
  expect(planAttempt(byCredit, [open])).toEqual({ kind: 'CallOff', id: 'a' })
  expect(planAttempt(byCredit, [closed])).toEqual({ kind: 'Begin', amountMinor: 10_000n })
})
