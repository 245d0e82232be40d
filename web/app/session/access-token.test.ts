import { expect, test } from 'vitest'
import { isFresh, readViewer } from './access-token.server.ts'

const now = new Date('2026-11-20T10:00:00Z')
const token = (claims: unknown) => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`

test('a token that ends on its way is not worth sending', () => {
  const seconds = now.getTime() / 1_000
  expect(isFresh(token({ exp: seconds + 6 }), now)).toBe(true)
  expect(isFresh(token({ exp: seconds + 5 }), now)).toBe(false)
  expect(isFresh(token({}), now)).toBe(false)
})

test('who it names is shown; what is no token names nobody', () => {
  expect(readViewer(token({ sub: 'u1', roles: ['CLERK', 7] }))).toMatchObject({
    userId: 'u1',
    roles: ['CLERK'],
  })
  for (const text of ['', 'a.b', 'a.%%%.c', token(null), token('sub'), token({ roles: ['ADMIN'] })]) {
    expect(readViewer(text)).toBeNull()
    expect(isFresh(text, now)).toBe(false)
  }
})
