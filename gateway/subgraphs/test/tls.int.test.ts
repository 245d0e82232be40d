// A subgraph behind `https:` is asked through undici; what is promised is the same.
import { connect } from 'node:net'
import { createServer } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { refusalOf, scopeOf, startScriptedSubgraph } from './scripted-subgraph.ts'

// Both sides know a key, so that no certificate lies about in here; undici takes the same way for any.
const key = Buffer.from('a key for tests only')
const ciphers = 'PSK'

/** Takes TLS off in front of a server. */
async function startTerminator(target: () => number) {
  const server = createServer({ ciphers, pskCallback: () => key }, (secure) => {
    const plain = connect(target(), '127.0.0.1')
    secure.pipe(plain).pipe(secure)
    for (const [one, other] of [
      [secure, plain],
      [plain, secure],
    ] as const) {
      one.on('error', () => undefined).once('close', () => other.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return `https://127.0.0.1:${String(typeof address === 'object' && address ? address.port : 0)}`
}

async function startSecureSubgraph() {
  let port = 0
  const through = await startTerminator(() => port)
  const subgraph = await startScriptedSubgraph({
    through,
    connect: {
      ciphers,
      pskCallback: () => ({ psk: key, identity: 'gateway' }),
      checkServerIdentity: () => undefined,
    },
  })
  port = Number(new URL(subgraph.url).port)
  onTestFinished(() => subgraph.close())
  return subgraph
}

test('over TLS a subgraph is asked with a signature, and answers in any language', async () => {
  const subgraph = await startSecureSubgraph()
  const asked = subgraph.query('{ name(of: "Zoë 👜") }', scopeOf({ accessToken: 'a.b.c' }))
  const call = await subgraph.arrival(1)
  expect([call.isGenuine, call.headers.authorization]).toEqual([true, 'Bearer a.b.c'])
  expect(call.body).toBe(JSON.stringify({ query: '{ name(of: "Zoë 👜") }' }))
  call.answer({ name: '鞄'.repeat(50_000) })
  expect(await asked).toEqual({ data: { name: '鞄'.repeat(50_000) } })
})

test('over TLS a query whose connection is lost is sent once more, and a mutation never', async () => {
  const subgraph = await startSecureSubgraph()
  const query = subgraph.query('{ one }')
  ;(await subgraph.arrival(1)).request.socket.destroy()
  ;(await subgraph.arrival(2)).answer({ one: 1 })
  expect(await query).toEqual({ data: { one: 1 } })
  const mutation = refusalOf(subgraph.mutate('mutation { add }'))
  ;(await subgraph.arrival(3)).request.socket.destroy()
  expect(await mutation).toMatchObject({ reason: 'UNREACHABLE' })
  expect(subgraph.calls.length).toBe(3)
})

test('over TLS a question that nobody waits for any more is taken back', async () => {
  const subgraph = await startSecureSubgraph()
  const end = new AbortController()
  const asked = refusalOf(subgraph.query('{ one }', scopeOf({ signal: end.signal })))
  const call = await subgraph.arrival(1)
  end.abort()
  expect(await asked).toMatchObject({ reason: 'ABANDONED' })
  await expect.poll(() => call.isClosed).toBe(true)
  const next = subgraph.query('{ two }')
  ;(await subgraph.arrival(2)).answer({ two: 2 })
  expect(await next).toEqual({ data: { two: 2 } })
})
