import { expect, test } from 'vitest'
import { createGatewaySigner, createGatewayVerifier } from './gateway-signature.ts'

const request = {
  method: 'POST',
  path: '/graphql',
  headers: { authorization: 'Bearer token' },
  body: Buffer.from('{"query":"{ me { id } }"}'),
}

function signed(secret = 'secret', now = () => 1_000_000) {
  return { ...request, headers: { ...request.headers, ...createGatewaySigner(secret, now)(request) } }
}

test('what the gateway signed is accepted, once', () => {
  const verify = createGatewayVerifier('secret', () => 1_000_100)
  const call = signed()
  expect(verify(call)).toBe(true)
  expect(verify(call)).toBe(false)
})

test.each([
  ['an unsigned call', { ...request }],
  ['another secret', signed('other')],
  ['another body', { ...signed(), body: Buffer.from('{}') }],
  ['another path', { ...signed(), path: '/internal' }],
  ['another method', { ...signed(), method: 'GET' }],
  ['another identity', { ...signed(), headers: { ...signed().headers, authorization: 'Bearer else' } }],
  ['a call from 31 seconds ago', signed('secret', () => 1_000_100 - 31_000)],
  ['a call from 31 seconds ahead', signed('secret', () => 1_000_100 + 31_000)],
])('%s is refused', (_, call) => {
  expect(createGatewayVerifier('secret', () => 1_000_100)(call)).toBe(false)
})

test('a replay is refused as long as its time is accepted, across generations', () => {
  let now = 59_000
  const verify = createGatewayVerifier('secret', () => now)
  const call = signed('secret', () => 59_000)
  expect(verify(call)).toBe(true)
  now = 61_000
  expect(verify(call)).toBe(false)
})

test('a text is signed as its bytes are, and two calls in one millisecond are two', () => {
  const sign = createGatewaySigner('secret', () => 1_000_000)
  const verify = createGatewayVerifier('secret', () => 1_000_100)
  const text = '{"query":"{ me }","variables":{"name":"Zoë \u{1F45C}"}}'
  for (let nth = 0; nth < 3; nth += 1) {
    const proof = sign({ ...request, body: text })
    const headers = { ...request.headers, ...proof }
    expect(verify({ ...request, headers, body: Buffer.from(text) })).toBe(true)
  }
})

test('a second secret is accepted while keys rotate', () => {
  const verify = createGatewayVerifier('new,old', () => 1_000_100)
  expect(verify(signed('old'))).toBe(true)
  expect(verify(signed('new'))).toBe(true)
})
