import { expect, test } from 'vitest'
import { failureReason } from './failure-reason.ts'

test.each([
  ['insufficient_funds', 'insufficient_funds'],
  ['generic_decline', 'card_declined'],
  ['stolen_card', 'card_declined'],
  ['payment_intent_authentication_failure', 'authentication_failed'],
  ['a_code_of_tomorrow', 'other'],
  ['constructor', 'other'],
])('%s is told as %s', (code, reason) => {
  expect(failureReason(code)).toBe(reason)
})
