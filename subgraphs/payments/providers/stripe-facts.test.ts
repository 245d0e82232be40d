import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { stripeExamples } from '../test/stripe-examples.ts'
import { factsOfIntent, noticeOf } from './stripe-facts.ts'

const at = new Date('2026-11-20T12:00:00Z')

const intent = {
  id: 'pi_1',
  object: 'payment_intent',
  amount: 10_000,
  amount_capturable: 0,
  amount_received: 0,
  capture_method: 'automatic',
  currency: 'eur',
  last_payment_error: null,
  latest_charge: null,
  metadata: {},
  payment_method: 'pm_1',
} satisfies Partial<Stripe.PaymentIntent>

const factsOf = (change: Partial<Stripe.PaymentIntent>) =>
  factsOfIntent({ ...intent, ...change } as Stripe.PaymentIntent, at).map(
    ({ type, amountMinor, pspReference }) => [type, amountMinor, pspReference],
  )

test.each<[string, Partial<Stripe.PaymentIntent>, unknown[][]]>([
  ['waits for a card', { status: 'requires_payment_method' }, []],
  ['waits to be confirmed', { status: 'requires_confirmation' }, []],
  ['waits for the shopper', { status: 'requires_action' }, [['CHARGE_ACTION_REQUIRED', 10_000n, 'pm_1']]],
  ['is under way', { status: 'processing' }, [['CHARGE_REQUEST', 10_000n, 'pm_1']]],
  [
    'is held',
    { status: 'requires_capture', amount_capturable: 10_000 },
    [['AUTHORIZATION_SUCCESS', 10_000n, 'pm_1']],
  ],
  [
    'is charged',
    { status: 'succeeded', amount_received: 10_000, latest_charge: 'ch_1' },
    [['CHARGE_SUCCESS', 10_000n, 'ch_1']],
  ],
  [
    'is charged with less than was asked, which nobody captured',
    { status: 'succeeded', amount_received: 4_000, latest_charge: 'ch_1' },
    [['CHARGE_SUCCESS', 4_000n, 'ch_1']],
  ],
  [
    'is captured in part',
    { status: 'succeeded', capture_method: 'manual', amount_received: 4_000, latest_charge: 'ch_1' },
    [
      ['CHARGE_SUCCESS', 4_000n, 'ch_1'],
      ['CANCEL_SUCCESS', 6_000n, 'pi_1'],
    ],
  ],
  ['is called off', { status: 'canceled' }, [['CANCEL_SUCCESS', 10_000n, 'pi_1']]],
  ['is in a state that Stripe has yet to invent', { status: 'requires_patience' }, []],
])('an intent that %s', (_, change, facts) => {
  expect(factsOf(change)).toEqual(facts)
})

const eventOf = (type: string, object: object) =>
  ({ id: 'evt_1', type, created: at.getTime() / 1000, data: { object } }) as Stripe.Event

test('a transfer that has come in part still waits for the shopper', () => {
  const event = eventOf('payment_intent.partially_funded', { ...intent, status: 'requires_action' })
  expect(noticeOf(event).report?.facts.map(({ type }) => type)).toEqual(['CHARGE_ACTION_REQUIRED'])
})

test.each([
  ['needs_response', 'OPEN'],
  ['under_review', 'OPEN'],
  ['warning_needs_response', 'OPEN'],
  ['warning_closed', 'WON'],
  ['prevented', 'WON'],
  ['won', 'WON'],
  ['lost', 'LOST'],
])('a dispute that is %s is %s to us', (status, ours) => {
  const dispute = {
    id: 'dp_1',
    object: 'dispute',
    amount: 10_000,
    created: 1_700_000_000,
    currency: 'eur',
    evidence_details: { due_by: null },
    payment_intent: 'pi_1',
    reason: 'fraudulent',
    status,
  }
  const report = noticeOf(eventOf('charge.dispute.updated', dispute)).report
  expect(report?.disputes).toMatchObject([{ reference: 'dp_1', status: ours, respondBy: null }])
  expect(report?.facts.map(({ type }) => type)).toEqual(ours === 'LOST' ? ['CHARGE_BACK'] : [])
})

describe.runIf(stripeExamples)('Stripe’s own examples (skipped where they are absent)', () => {
  test.each(Object.keys(stripeExamples ?? {}))('%s can be read as an event', (name) => {
    const object = stripeExamples?.[name as keyof typeof stripeExamples] ?? {}
    const { report } = noticeOf(eventOf(`${name}.updated`, object))
    if (name === 'payment_intent') expect(report).toMatchObject({ facts: [], disputes: [] })
    // Examples of refunds and disputes belong to charges without an intent: those are not ours.
    else expect(report).toBeNull()
  })

  test.each([
    ['refund', { status: 'succeeded' }, ['REFUND_SUCCESS']],
    ['refund', { status: 'pending' }, []],
    ['refund', { status: 'requires_action' }, []],
    ['refund', { status: 'failed' }, ['REFUND_FAILURE']],
    ['dispute', { status: 'lost' }, ['CHARGE_BACK']],
    ['dispute', {}, []],
  ] as const)('a %s of an intent of ours with %j tells %j', (name, change, types) => {
    const object = { ...stripeExamples?.[name], ...change, payment_intent: 'pi_1' }
    const { report } = noticeOf(eventOf(`${name}.updated`, object))
    expect(report?.reference).toBe('pi_1')
    expect(report?.facts.map(({ type }) => type)).toEqual(types)
  })
})
