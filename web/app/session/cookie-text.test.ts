import { expect, test } from 'vitest'
import { parseCookie, stringifySetCookie } from './cookie-text.server.ts'

test('what is written is read again, whatever is in it', () => {
  const value = '{"id":"a; b=c","token":"é,"}'
  const line = stringifySetCookie('maison_cart', value, { maxAgeSeconds: 60.7, isSecure: false })
  expect(line).toContain('; Path=/; Max-Age=60; HttpOnly; SameSite=Lax')
  expect(line).not.toContain('Secure')
  expect(parseCookie(`other=1; ${line.split(';')[0] ?? ''}`).get('maison_cart')).toBe(value)
})

test('over TLS a cookie stays there', () => {
  expect(stringifySetCookie('maison_access', 'x', { maxAgeSeconds: 1, isSecure: true })).toMatch(/; Secure$/)
})

test('a forged header is no error', () => {
  const values = parseCookie('=x; maison_cart; maison_place=%E0%A4%A; a=1; a=2')
  expect([...values]).toEqual([['a', '1']])
})
