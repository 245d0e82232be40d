import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createDocumentRegister } from './document-register.ts'

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

const named = 'f'.repeat(64)
const first = '{ first }'
const second = '{ second }'

test('a document is found by the hash its manifest gives and by its own', () => {
  const register = createDocumentRegister(() => 0)
  register.replace(new Map([[named, first]]))
  const document = register.find(named)
  expect(document).toMatchObject({ hash: named, source: first, isRegistered: true })
  expect(register.find(sha256(first))).toBe(document)
  expect(register.find(sha256(second))).toBe(undefined)
  expect([...register.current()]).toEqual([document])
})

test('what stays is the same object, what comes counts at once, what goes has an hour', () => {
  let now = 0
  const register = createDocumentRegister(() => now)
  register.replace(new Map([[sha256(first), first]]))
  const document = register.find(sha256(first))
  const both = new Map([first, second].map((text) => [sha256(text), text]))
  expect(register.replace(both)).toEqual({ added: 1, removed: 0 })
  expect(register.find(sha256(first))).toBe(document)
  expect(register.replace(new Map([[sha256(second), second]]))).toEqual({ added: 0, removed: 1 })
  expect([...register.current()].map(({ source }) => source)).toEqual([second])
  now = 3_599_999
  expect(register.find(sha256(first))).toBe(document)
  // A second change does not begin the hour anew.
  register.replace(new Map([[sha256(second), second]]))
  now = 3_600_000
  expect(register.find(sha256(first))).toBe(undefined)
  expect(register.find(sha256(second))?.source).toBe(second)
})

test('what comes back within its hour stays', () => {
  let now = 0
  const register = createDocumentRegister(() => now)
  register.replace(new Map([[named, first]]))
  const document = register.find(named)
  register.replace(new Map())
  now = 1_000
  register.replace(new Map([[named, first]]))
  now = 10_000_000
  expect(register.find(named)).toBe(document)
})

test('a set with a document over a limit, or a hash of another text, changes nothing', () => {
  const register = createDocumentRegister(() => 0)
  register.replace(new Map([[named, first]]))
  const large = `{ ${'a'.repeat(10)} ${Array.from({ length: 30 }, (_, nth) => `a${String(nth)}: a`).join(' ')} }`
  for (const texts of [new Map([[sha256(large), large]]), new Map([[named, second]])]) {
    expect(() => register.replace(texts)).toThrow()
    expect([...register.current()].map(({ source }) => source)).toEqual([first])
    expect(register.find(named)?.source).toBe(first)
  }
})
