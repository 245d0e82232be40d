import { expect, test } from 'vitest'
import { readCard } from './card.ts'

const now = new Date('2026-11-20T10:00:00Z')
const card = (values: Record<string, string>) =>
  readCard(
    new Map(Object.entries({ cardNumber: '4242 4242 4242 4242', expiry: '12/30', cvc: '123', ...values })),
    now,
  )

test('a card is read however its number is grouped', () => {
  expect(card({ cardNumber: '4242-4242 42424242' })).toEqual({
    card: { cardNumber: '4242424242424242', expiry: '12/30', cvc: '123' },
  })
})

test('every way to write a month means the same', () => {
  for (const expiry of ['3/29', '03/29', '03 / 29', '0329', '03/2029'])
    expect(card({ expiry })).toMatchObject({ card: { expiry: '03/29' } })
})

test('this month is still good, the last one is not', () => {
  expect(card({ expiry: '11/26' })).toHaveProperty('card')
  expect(card({ expiry: '10/26' })).toEqual({ errors: { expiry: 'checkout.bad-expiry' } })
  expect(card({ expiry: '13/30' })).toEqual({ errors: { expiry: 'checkout.bad-expiry' } })
})

test('what is wrong is told at its field and never with the number', () => {
  const result = card({ cardNumber: '42', cvc: 'x' })
  expect(result).toEqual({ errors: { cardNumber: 'checkout.bad-card', cvc: 'checkout.bad-code' } })
})
