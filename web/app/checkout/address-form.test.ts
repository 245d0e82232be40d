import { expect, test } from 'vitest'
import { readAddress } from './address-form.ts'

const form = (values: Record<string, string>) => new Map(Object.entries(values))
const paris = {
  country: 'FR',
  name: 'Camille Durand',
  line1: '12 rue de la Paix',
  postalCode: '75002',
  city: 'Paris',
}

test('an address of the market is taken as written', () => {
  expect(readAddress(form({ ...paris, line2: ' 3e étage ' }), ['FR', 'BE'])).toEqual({
    address: {
      name: 'Camille Durand',
      lines: ['12 rue de la Paix', '3e étage'],
      city: 'Paris',
      region: null,
      postalCode: '75002',
      country: 'FR',
      phone: null,
    },
  })
})

test('what is missing is told at its field', () => {
  expect(readAddress(form({ ...paris, name: ' ', postalCode: '7500' }), ['FR'])).toEqual({
    errors: { name: 'checkout.required', postalCode: 'checkout.bad-postal' },
  })
})

test('a country of another market is refused', () => {
  expect(readAddress(form(paris), ['JP'])).toEqual({ errors: { country: 'checkout.required' } })
})

test('a Japanese address needs its prefecture and may be typed in full width', () => {
  const tokyo = {
    country: 'JP',
    name: '山田 花子',
    postalCode: '１０４－００６１',
    region: '東京都',
    city: '中央区',
    line1: '銀座1-2-3',
  }
  expect(readAddress(form(tokyo), ['JP'])).toMatchObject({
    address: { postalCode: '104-0061', region: '東京都' },
  })
  expect(readAddress(form({ ...tokyo, region: '' }), ['JP'])).toEqual({
    errors: { region: 'checkout.required' },
  })
})

test('what no database keeps is told at its field, every other sign is taken', () => {
  expect(readAddress(form({ ...paris, name: 'a\u0000b', city: '\ud800' }), ['FR'])).toEqual({
    errors: { name: 'checkout.bad-text', city: 'checkout.bad-text' },
  })
  expect(readAddress(form({ ...paris, name: '\u202eمرحبا 👩‍👩‍👧 東京' }), ['FR'])).toHaveProperty('address')
})
