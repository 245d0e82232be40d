import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldTransaction, type LedgerEvent, type TransactionEventType } from './fold-transaction.ts'

function event(type: TransactionEventType, second: number, change: Partial<LedgerEvent> = {}): LedgerEvent {
  return {
    type,
    pspReference: 'attempt-1',
    currency: 'EUR',
    amountMinor: 10_000n,
    code: null,
    message: null,
    at: new Date(Date.UTC(2026, 10, 20, 9, 0, second)),
    ...change,
  }
}

const request = event('CHARGE_REQUEST', 0, { pspReference: 'ours' })
const action = event('CHARGE_ACTION_REQUIRED', 1)
const authorized = event('AUTHORIZATION_SUCCESS', 2)
const declined = event('CHARGE_FAILURE', 3, { code: 'card_declined', message: 'The card was declined.' })
const charged = event('CHARGE_SUCCESS', 4, { pspReference: 'charge-1' })
const askedToCancel = event('CANCEL_REQUEST', 5, { pspReference: 'ours' })
const canceled = event('CANCEL_SUCCESS', 6, { pspReference: 'intent' })
const refundAsked = event('REFUND_REQUEST', 7, { pspReference: 'refund-0' })
const refunded = event('REFUND_SUCCESS', 8, { pspReference: 'refund-1' })
const refundFailed = event('REFUND_FAILURE', 9, { pspReference: 'refund-1' })
const secondCard = event('CHARGE_ACTION_REQUIRED', 4, { pspReference: 'attempt-2' })

test.each<[string, LedgerEvent[], string]>([
  ['nothing', [], 'PENDING'],
  ['a request', [request], 'PENDING'],
  ['a question at the bank', [request, action], 'ACTION_REQUIRED'],
  ['an authorisation', [request, action, authorized], 'AUTHORIZED'],
  ['a refusal', [request, action, declined], 'FAILED'],
  ['another card after a refusal', [request, declined, secondCard], 'ACTION_REQUIRED'],
  ['a charge', [request, charged], 'CHARGED'],
  ['a charge after a refusal', [request, declined, charged], 'CHARGED'],
  ['a refusal that is told after the charge', [request, charged, event('CHARGE_FAILURE', 20)], 'CHARGED'],
  ['a wish to cancel', [request, askedToCancel], 'PENDING'],
  ['a cancellation', [request, askedToCancel, canceled], 'CANCELED'],
  ['a cancellation of what had failed', [request, declined, canceled], 'FAILED'],
  ['a cancellation while the bank asks', [request, action, canceled], 'CANCELED'],
  ['a charge after a cancellation', [request, canceled, charged], 'CHARGED'],
  ['a refund asked for', [request, charged, refundAsked], 'CHARGED'],
  ['a refund in full', [request, charged, refunded], 'REFUNDED'],
  ['a refund in part', [request, charged, { ...refunded, amountMinor: 1n }], 'CHARGED'],
  ['a refund that failed', [request, charged, refundFailed], 'CHARGED'],
  ['a refund that came back', [request, charged, refunded, refundFailed], 'CHARGED'],
])('%s is %s', (_, events, status) => {
  expect(foldTransaction('EUR', events).status).toBe(status)
})

test('a failure says why, and only while it stands', () => {
  expect(foldTransaction('EUR', [request, declined])).toMatchObject({
    failureCode: 'card_declined',
    failureReason: 'The card was declined.',
  })
  expect(foldTransaction('EUR', [request, declined, charged])).toMatchObject({
    failureCode: null,
    failureReason: null,
  })
})

test('a step of an attempt that is told late, with a later time, does not take the attempt back', () => {
  const late = event('CHARGE_REQUEST', 59)
  expect(foldTransaction('EUR', [request, declined, late]).status).toBe('FAILED')
})

test('a refusal within the second of its request is a refusal, though its time is cut to the second', () => {
  const asked = { ...request, at: new Date(declined.at.getTime() + 226) }
  expect(foldTransaction('EUR', [asked, declined]).status).toBe('FAILED')
  expect(foldTransaction('EUR', [declined, asked]).status).toBe('FAILED')
})

test('money in another currency is not counted', () => {
  const yen = { ...charged, currency: 'JPY' }
  expect(foldTransaction('EUR', [request, yen])).toMatchObject({
    status: 'PENDING',
    chargedMinor: 0n,
    isClosed: true,
  })
})

test('only a charge or a cancellation closes', () => {
  for (const events of [[request], [request, action], [request, declined], [request, askedToCancel]]) {
    expect(foldTransaction('EUR', events).isClosed).toBe(false)
  }
  for (const events of [[charged], [canceled]]) expect(foldTransaction('EUR', events).isClosed).toBe(true)
})

const all = [
  request,
  action,
  authorized,
  declined,
  charged,
  askedToCancel,
  canceled,
  refundAsked,
  refunded,
  refundFailed,
  secondCard,
]

test('the order in which events come changes nothing', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(all), (events) => {
      const inTime = [...events].sort((a, b) => a.at.getTime() - b.at.getTime())
      expect(foldTransaction('EUR', events)).toEqual(foldTransaction('EUR', inTime))
    }),
  )
})

test('nothing that comes later takes a charge back but a refund', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(all), (events) => {
      const { status, chargedMinor } = foldTransaction('EUR', [...events, charged])
      expect(chargedMinor).toBeGreaterThanOrEqual(charged.amountMinor)
      expect(['CHARGED', 'REFUNDED']).toContain(status)
    }),
  )
})

// One payment's whole life as a provider could tell it, and what is so in the end.
const life = fc
  .record({
    asked: fc.bigInt({ min: 1n, max: 100_000n }),
    isHeld: fc.boolean(),
    declines: fc.nat(2),
    takes: fc.integer({ min: 0, max: 100 }),
    refunds: fc.array(fc.record({ share: fc.integer({ min: 1, max: 60 }), comesBack: fc.boolean() }), {
      maxLength: 4,
    }),
    isDisputed: fc.boolean(),
  })
  .map(({ asked, isHeld, declines, takes, refunds, isDisputed }) => {
    const events = [event('CHARGE_REQUEST', 0, { pspReference: 'ours', amountMinor: asked })]
    for (let card = 0; card < declines; card++)
      events.push(event('CHARGE_FAILURE', 1 + card, { pspReference: `card-${card}`, amountMinor: asked }))
    if (isHeld) events.push(event('AUTHORIZATION_SUCCESS', 5, { amountMinor: asked }))
    const charged = (asked * BigInt(takes)) / 100n
    if (charged === 0n) {
      events.push(event('CANCEL_SUCCESS', 6, { pspReference: 'intent', amountMinor: asked }))
      return { events, asked, charged, back: 0n }
    }
    events.push(event('CHARGE_SUCCESS', 6, { pspReference: 'charge', amountMinor: charged }))
    let back = 0n
    for (const [index, { share, comesBack }] of refunds.entries()) {
      const part = (charged * BigInt(share)) / 100n
      const amountMinor = part < charged - back ? part : charged - back
      const pspReference = `refund-${index}`
      events.push(event('REFUND_SUCCESS', 10 + index, { pspReference, amountMinor }))
      if (comesBack) events.push(event('REFUND_REVERSE', 20 + index, { pspReference, amountMinor }))
      else back += amountMinor
    }
    if (isDisputed && back < charged) {
      events.push(event('CHARGE_BACK', 30, { pspReference: 'dispute', amountMinor: charged - back }))
      back = charged
    }
    return { events, asked, charged, back }
  })

test('10,000 lives told in any order, with repetitions lost to the unique key, end the same and never over-count', () => {
  const told = life.chain((one) =>
    fc
      .shuffledSubarray(one.events, { minLength: one.events.length })
      .map((shuffled) => ({ ...one, shuffled })),
  )
  fc.assert(
    fc.property(told, ({ events, shuffled, asked, charged, back }) => {
      const standing = foldTransaction('EUR', shuffled)
      expect(standing).toEqual(foldTransaction('EUR', events))
      expect(standing.chargedMinor).toBe(charged)
      expect(standing.refundedMinor + standing.chargedBackMinor).toBe(back)
      expect(standing.isClosed).toBe(true)
      for (let count = 0; count < shuffled.length; count++) {
        const sums = foldTransaction('EUR', shuffled.slice(0, count))
        expect(sums.chargedMinor + sums.authorizedMinor <= asked).toBe(true)
        expect(sums.refundedMinor + sums.chargedBackMinor <= sums.chargedMinor).toBe(true)
      }
    }),
    { numRuns: 10_000 },
  )
})

test('what is charged is never downgraded, and what is held never by a failure to take it', () => {
  expect(foldTransaction('EUR', [request, authorized, declined]).status).toBe('AUTHORIZED')
  expect(foldTransaction('EUR', [request, authorized, canceled])).toMatchObject({
    status: 'CANCELED',
    authorizedMinor: 0n,
  })
  const part = event('CHARGE_SUCCESS', 4, { pspReference: 'charge-1', amountMinor: 4_000n })
  expect(foldTransaction('EUR', [request, authorized, part])).toMatchObject({
    status: 'CHARGED',
    authorizedMinor: 0n,
    chargedMinor: 4_000n,
  })
})
