import { expect, test } from 'vitest'
import { choicesOf, chooseVariant } from './choose-variant.ts'

const variant = (id: string, color: string, size: string, inStock: boolean) => ({
  id,
  options: [
    { option: 'color', value: color },
    { option: 'size', value: size },
  ],
  availability: { inStock },
})
const variants = [
  variant('1', 'noir', '38', false),
  variant('2', 'noir', '40', true),
  variant('3', 'rouge', '40', true),
]
const size = { code: 'size', values: [{ code: '38' }, { code: '40' }] }

test('the address decides', () => {
  expect(chooseVariant(variants, '3')?.id).toBe('3')
})

test('without an address the first that can be bought', () => {
  expect(chooseVariant(variants, null)?.id).toBe('2')
  expect(chooseVariant(variants, 'unknown')?.id).toBe('2')
})

test('a sold-out piece is still shown', () => {
  expect(chooseVariant([variant('1', 'noir', '38', false)], null)?.id).toBe('1')
  expect(chooseVariant([], null)).toBeNull()
})

test('a value that is sold out leads to its variant, one that is not made leads nowhere', () => {
  const [noir, rouge] = [variants[1], variants[2]]
  if (noir === undefined || rouge === undefined) throw new Error('unreachable')
  expect(choicesOf(variants, noir, size)).toEqual([
    { value: '38', variantId: '1', isChosen: false, isInStock: false },
    { value: '40', variantId: '2', isChosen: true, isInStock: true },
  ])
  expect(choicesOf(variants, rouge, size)[0]).toEqual({
    value: '38',
    variantId: null,
    isChosen: false,
    isInStock: false,
  })
})
