import { expect, test } from 'vitest'
import { readPickUp } from './pick-up-form.ts'

const read = (fields: Record<string, string>) => readPickUp(new Map(Object.entries(fields)), ['s'])

test('a boutique and a name are enough', () => {
  expect(read({ shopId: 's', name: ' Camille ', phone: '' })).toEqual({
    pickUp: { shopId: 's', name: 'Camille', phone: null },
  })
})

test('each field says what it lacks', () => {
  expect(read({ shopId: 'other', name: '', phone: '1'.repeat(31) })).toEqual({
    errors: { shopId: 'checkout.required', name: 'checkout.required', phone: 'checkout.bad-text' },
  })
})
