import { expect, test } from 'vitest'
import { normalise, queryWords, wordsOf } from './search-words.ts'

test.each([
  ['Élan', 'E\u0301lan'],
  ['ＡＢＣ１２３', 'abc123'],
  ['ｶﾞｷﾞ', 'ガギ'],
  ['Straße', 'STRASSE'],
  ['Łódź', 'lodz'],
  ['辻\u{e0100}さん', '辻さん'],
  ['한글', '\u1112\u1161\u11ab\u1100\u1173\u11af'],
])('%s and %s are the same', (one, other) => {
  expect(normalise(one)).toBe(normalise(other))
})

test('a voiced kana stays itself', () => {
  expect(normalise('ガ')).not.toBe(normalise('カ'))
})

test('words of scripts with spaces are whole, of those without are pairs and the last character', () => {
  expect(wordsOf('Sac Noir-38')).toEqual(['sac', 'noir', '38'])
  expect(wordsOf('革のバッグ')).toEqual(['革の', 'のバ', 'バッ', 'ッグ', 'グ'])
  expect(wordsOf('新作bag')).toEqual(['新作', '作', 'bag'])
  expect(wordsOf('𠮷野家')).toEqual(['𠮷野', '野家', '家'])
})

test('what is looked for is found among what is stored', () => {
  const stored = new Set(wordsOf('黒い手提げバッグ'))
  for (const word of queryWords('手提げ')) expect(stored.has(word.text)).toBe(true)
})

test('a query is bounded and may be empty', () => {
  expect(queryWords('🙂 -- %%')).toEqual([])
  expect(queryWords('x'.repeat(10_000))[0]?.text).toHaveLength(40)
  expect(queryWords(Array.from({ length: 500 }, (_, index) => `w${String(index)}`).join(' '))).toHaveLength(8)
})
