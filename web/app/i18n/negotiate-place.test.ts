import { expect, test } from 'vitest'
import { negotiatePlace, placePath } from './negotiate-place.server.ts'

const pathFor = (header: string | null, last: string | null = null) => placePath(negotiatePlace(header, last))

test('the browser’s languages lead to a language that the market has', () => {
  expect(pathFor('fr-FR,fr;q=0.9,en;q=0.8')).toBe('/fr/fr')
  expect(pathFor('en-GB')).toBe('/en/gb')
  expect(pathFor('ja')).toBe('/ja/jp')
  expect(pathFor('zh-CN,zh;q=0.9')).toBe('/zh-hans/cn')
  expect(pathFor('en-FR')).toBe('/en/fr')
  expect(pathFor('fr-BE')).toBe('/fr/fr')
  expect(pathFor('it-JP')).toBe('/ja/jp')
})

test('the most wanted language comes first, whatever its place in the header', () => {
  expect(pathFor('en;q=0.3, fr-FR;q=0.9')).toBe('/fr/fr')
  expect(pathFor('fr;q=0, de')).toBe('/de/de')
})

test('the last visit wins, unless it is no place', () => {
  expect(pathFor('ja', 'en/FR')).toBe('/en/fr')
  expect(pathFor('ja', 'ja/FR')).toBe('/ja/jp')
  expect(pathFor('ja', '../..')).toBe('/ja/jp')
})

test('nothing said, nothing understood: English', () => {
  for (const header of [null, '', '*', 'xx', ';;;,,,q=']) expect(pathFor(header)).toBe('/en/gb')
})
