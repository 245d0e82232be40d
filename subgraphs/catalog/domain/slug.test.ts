import { expect, test } from 'vitest'
import { toSlug } from './slug.ts'

test.each([
  ["Women's Tops", 'womens-tops'],
  ['  S/M — Noir  ', 's-m-noir'],
  ['ＡＢＣ', 'abc'],
  ['革のバッグ', '革のバッグ'],
  ['../../etc/passwd', 'etc-passwd'],
  ['🙂 !!!', ''],
])('%j becomes %j', (text, slug) => {
  expect(toSlug(text)).toBe(slug)
})

test('a slug is bounded and stays one when made again', () => {
  const slug = toSlug('ab '.repeat(1_000), 10)
  expect(slug).toBe('ab-ab-ab-a')
  expect(toSlug(slug)).toBe(slug)
})
