import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createHmacSha256 } from './hmac.ts'

test('it is the HMAC that node:crypto makes, for any key and text', () => {
  const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 200 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), texts, (secret, several) => {
      const sign = createHmacSha256(secret)
      for (const text of several) {
        expect(sign(text)).toBe(createHmac('sha256', secret).update(text).digest('base64url'))
      }
    }),
    { numRuns: 30 },
  )
})

test.each([0, 55, 64, 2_700, 8_192, 8_193, 100_000])(
  'a text of %i characters is signed as a whole',
  (length) => {
    for (const character of ['a', '€']) {
      const text = character.repeat(length)
      const expected = createHmac('sha256', 'secret').update(text).digest('base64url')
      expect(createHmacSha256('secret')(text)).toBe(expected)
    }
  },
)
