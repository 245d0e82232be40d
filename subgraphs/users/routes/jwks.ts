import type { Route } from '#platform/server/subgraph.ts'
import type { PrivateJwk } from '../config.ts'

/** The public keys that access tokens are verified with. Open to everybody: there is nothing to keep. */
export function jwksRoute({ kty, crv, x, kid }: PrivateJwk): Route {
  const body = JSON.stringify({ keys: [{ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' }] })
  return {
    method: 'GET',
    path: '/.well-known/jwks.json',
    signed: false,
    handle: async (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'public, max-age=300' })
      response.end(body)
    },
  }
}
