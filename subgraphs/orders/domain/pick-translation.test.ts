import { expect, test } from 'vitest'
import { pickTranslation } from './pick-translation.ts'

test('the nearest language wins', () => {
  const texts = { en: 'bag', 'zh-Hans': '包', fr: 'sac' }
  expect(pickTranslation(texts, 'zh-Hans')).toBe('包')
  expect(pickTranslation(texts, 'fr-CA')).toBe('sac')
  expect(pickTranslation(texts, 'ja')).toBe('bag')
  expect(pickTranslation({ fr: 'sac' }, 'ja')).toBe('sac')
  expect(pickTranslation({}, 'ja')).toBe('')
  expect(pickTranslation(texts, 'constructor')).toBe('bag')
})
