// How texts and queries become the words that meet in search. Both sides go through here, so they agree by construction.

// Scripts written without spaces (and Hangul, whose endings stick to words): every two neighbouring characters are a word.
const spaceless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々〆]/u
const runs = new RegExp(
  `(?:${spaceless.source}\\p{Mn}*)+|(?:(?!${spaceless.source})[\\p{L}\\p{M}\\p{N}])+`,
  'gu',
)
// Accents, Arabic vowel signs, and what cannot be seen. Not all marks: without its dakuten ガ would be カ.
const ignored =
  /[\u{300}-\u{36f}]|[\u{64b}-\u{652}]|\u{670}|\u{ad}|[\u{200b}-\u{200f}]|\u{2060}|[\u{fe00}-\u{fe0f}]|\u{feff}|[\u{e0100}-\u{e01ef}]/gu
const spelledOut: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
}
const longestWord = 40

/** Small letters without accents, full-width and half-width forms alike. */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(ignored, '')
    .normalize('NFC')
    .replace(/[ßæœøłđðþıς]/g, (letter) => spelledOut[letter] ?? letter)
}

/** Words to store: whole ones, and of a run without spaces each pair and its last character (so that a prefix finds any). */
export function wordsOf(text: string): string[] {
  const words: string[] = []
  for (const [run] of normalise(text).matchAll(runs)) {
    if (!spaceless.test(run)) {
      words.push([...run].slice(0, longestWord).join(''))
      continue
    }
    const characters = [...run]
    characters.forEach((character, index) => words.push(character + (characters[index + 1] ?? '')))
  }
  return words
}

export interface QueryWord {
  text: string
  /** Whether a word that only begins like this matches: search as you type. */
  isPrefix: boolean
  /** Whether a word that is spelled almost like this matches. */
  isFuzzy: boolean
}

/** Words to find, each of which must match; at most `max`. None when the query has neither letters nor digits. */
export function queryWords(query: string, max = 8): QueryWord[] {
  const words = new Map<string, QueryWord>()
  for (const [run] of normalise(query).matchAll(runs)) {
    const characters = [...run].slice(0, longestWord)
    if (!spaceless.test(run)) {
      const text = characters.join('')
      // Three letters have too few trigrams to be almost anything but themselves.
      words.set(text, { text, isPrefix: true, isFuzzy: characters.length >= 4 })
    } else if (characters.length === 1) {
      words.set(run, { text: run, isPrefix: true, isFuzzy: false })
    } else {
      for (const [index, character] of characters.slice(0, -1).entries()) {
        const text = character + (characters[index + 1] ?? '')
        words.set(text, { text, isPrefix: false, isFuzzy: false })
      }
    }
  }
  return [...words.values()].slice(0, max)
}
