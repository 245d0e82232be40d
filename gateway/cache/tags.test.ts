import { expect, test } from 'vitest'
import { foldTags, surrogateKeyOf, typeOfTag, withTypeTags } from './tags.ts'

const products = (count: number): string[] => Array.from({ length: count }, (_, index) => `Product:${index}`)

test('each tag is kept once, and more than 64 entities of one type become the type', () => {
  expect(foldTags(['Product:1', 'Product:1', 'Product[]', 'Market:FR'])).toEqual([
    'Product[]',
    'Product:1',
    'Market:FR',
  ])
  expect(foldTags(products(64))).toHaveLength(64)
  expect(foldTags([...products(65), 'Market:FR'])).toEqual(['Product:*', 'Market:FR'])
})

test('whatever an entry was folded to, the purge of each of its entities concerns it', () => {
  for (const count of [1, 64, 65, 500]) {
    const kept = foldTags(products(count))
    for (const product of products(count)) {
      expect(withTypeTags([product]).some((tag) => kept.includes(tag))).toBe(true)
    }
    expect(withTypeTags(['Product:other']).includes('Product:other')).toBe(true)
  }
})

test('a tag with spaces, line ends or letters beyond ASCII is the same one for who keeps and who purges', () => {
  for (const odd of ['Shop:rue de la Paix', 'Shop:a\nb', 'Shop:銀座', 'Shop:\ud800']) {
    const [kept = ''] = foldTags([odd])
    expect(kept).toMatch(/^[!-~]+$/)
    expect(withTypeTags([odd])).toContain(kept)
  }
})

test('the surrogate key names every tag, or the types when that would be more than 4 kB', () => {
  expect(surrogateKeyOf(['Product:1', 'Product[]'])).toBe('Product:1 Product[]')
  const long = Array.from({ length: 60 }, (_, index) => `Product:${String(index).padStart(80, '0')}`)
  expect(surrogateKeyOf([...long, 'Product[]', 'Market:FR'])).toBe('Product:* Product[] Market:*')
})

test('the type of a tag is what comes before its key', () => {
  expect(['Product:1', 'Product:*', 'Product[]', 'Product'].map(typeOfTag)).toEqual(Array(4).fill('Product'))
})
