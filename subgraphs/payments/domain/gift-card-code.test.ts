import fc from 'fast-check'
import { expect, test } from 'vitest'
import { giftCardRandomBytes, makeGiftCardCode, normalizeGiftCardCode } from './gift-card-code.ts'

const randoms = fc.uint8Array({ minLength: giftCardRandomBytes, maxLength: giftCardRandomBytes })

test('a code is four groups of four, and is read back however it is typed', () => {
  fc.assert(
    fc.property(randoms, (random) => {
      const code = makeGiftCardCode(random)
      expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/)
      const kept = code.replaceAll('-', '')
      for (const typed of [
        code,
        kept,
        ` ${code.toLowerCase()} `,
        kept.replace(/0/g, 'o').replace(/1/g, 'l'),
      ]) {
        expect(normalizeGiftCardCode(typed)).toBe(kept)
      }
    }),
  )
})

test('one wrong character is found', () => {
  const alphabet = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ')
  fc.assert(
    fc.property(randoms, fc.nat(15), fc.constantFrom(...alphabet), (random, at, other) => {
      const code = makeGiftCardCode(random).replaceAll('-', '')
      fc.pre(code[at] !== other)
      expect(normalizeGiftCardCode(code.slice(0, at) + other + code.slice(at + 1))).toBeNull()
    }),
  )
})

test.each(['', 'U'.repeat(16), '1234', '🎁'.repeat(8), `${'0'.repeat(16)}\0`, '0'.repeat(100_000)])(
  '%j is no code',
  (typed) => {
    expect(normalizeGiftCardCode(typed)).toBeNull()
  },
)
