import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, expect, test } from 'vitest'
import { signAccessToken } from '#platform/auth/access-token.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { listen, sendJson } from '#platform/server/http-server.ts'
import { goods } from './bags.ts'
import { startTestGateway } from './test-gateway.ts'

const { privateKey, publicKey } = await generateKeyPair('EdDSA')
const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'EdDSA' }
const keys = await listen(
  (_, response) => {
    sendJson(response, 200, { keys: [jwk] })
  },
  { port: 0 },
)
const gateway = await startTestGateway({ subgraphs: [goods], env: { JWKS_URL: `${keys.url}/jwks.json` } })
afterAll(async () => {
  await gateway.close()
  await keys.stop(0)
})

async function tokenFor(lifetimeSeconds: number, audience = 'maison'): Promise<string> {
  const options = { issuer: 'maison', audience, key: privateKey, keyId: 'one', lifetimeSeconds }
  return (await signAccessToken(testIdentity(), options)).token
}

const ask = (token: string) => gateway.query('{ bags { name } }', {}, { authorization: `Bearer ${token}` })

test('a token signed by users is passed on to the subgraphs', async () => {
  gateway.calls.length = 0
  const token = await tokenFor(60)
  expect((await ask(token)).status).toBe(200)
  expect(gateway.calls.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${token}`])
})

test('a spent token and one for somebody else are refused, each with its reason', async () => {
  gateway.calls.length = 0
  const spent = await ask(await tokenFor(-60))
  const foreign = await ask(await tokenFor(60, 'another-house'))
  expect([spent.status, spent.errors?.[0]?.extensions?.reason]).toEqual([401, 'EXPIRED'])
  expect([foreign.status, foreign.errors?.[0]?.extensions?.reason]).toEqual([401, 'INVALID'])
  expect(gateway.calls).toEqual([])
})

test('when the keys cannot be had the subgraphs decide', async () => {
  const without = await startTestGateway({
    subgraphs: [goods],
    env: { JWKS_URL: 'http://127.0.0.1:1/jwks.json' },
  })
  const token = await tokenFor(60)
  const answer = await without.query('{ bags { name } }', {}, { authorization: `Bearer ${token}` })
  expect(answer.status).toBe(200)
  expect(without.calls[0]?.headers.authorization).toBe(`Bearer ${token}`)
  await without.close()
})
