import { expect, test } from 'vitest'
import { startTcpProxy } from '#platform/testing/tcp-proxy.ts'
import { refusalOf, type ScriptedCall, scopeOf, startScriptedSubgraph } from './scripted-subgraph.ts'

function refused(reason: string) {
  return { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'goods', reason }
}

test('a query whose connection was lost is asked once more; a mutation is not', async () => {
  let lost = 1
  const subgraph = await startScriptedSubgraph({
    onCall: (call) => {
      if (lost-- > 0) call.request.socket.destroy()
      else call.answer({ one: 1 })
    },
  })
  expect(await subgraph.query('{ one }')).toEqual({ data: { one: 1 } })
  expect(subgraph.calls.map(({ isGenuine }) => isGenuine)).toEqual([true, true])
  expect(subgraph.counted('repeated')).toBe(1)
  lost = 2
  expect(await refusalOf(subgraph.query('{ one }'))).toEqual(refused('UNREACHABLE'))
  expect(subgraph.calls.length).toBe(4)
  lost = 1
  expect(await refusalOf(subgraph.mutate('mutation { two }'))).toEqual(refused('UNREACHABLE'))
  expect(subgraph.calls.length).toBe(5)
  await subgraph.close()
})

test('connections that a peer closes after each answer cost queries nothing', async () => {
  const subgraph = await startScriptedSubgraph({
    connections: 2,
    onCall: (call) => {
      // It said keep-alive and means it not: the next request may already be on its way.
      call.response.once('finish', () => call.request.socket.end())
      call.answer({ one: 1 })
    },
  })
  const answers = await Promise.all(
    Array.from({ length: 8 }, async (_, nth) => {
      for (let round = 0; round < 10; round += 1) {
        const { data } = await subgraph.query(`{ n${String(nth)} }`)
        expect(data).toEqual({ one: 1 })
      }
    }),
  )
  expect(answers.length).toBe(8)
  await subgraph.close()
})

const answers: [string, (call: ScriptedCall) => void][] = [
  ['a page', ({ response }) => response.end('<html>Internal proxy at 10.0.0.7</html>')],
  ['nothing', ({ response }) => response.end()],
  ['JSON that is no answer', ({ response }) => response.end('{"status":"ok"}')],
  ['null', ({ response }) => response.end('null')],
  ['a broken gateway', ({ response }) => response.writeHead(502).end('Bad gateway')],
  ['half a document', ({ response }) => response.end('{"data":{"one":')],
  [
    'half a body',
    ({ response, request }) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"data":{"one":1}}', () => request.socket.destroy())
    },
  ],
  ['no HTTP', ({ request }) => request.socket.end('220 mail.example ESMTP\r\n')],
]

test.each(answers)(
  '%s instead of an answer is told apart, and shows nothing of itself',
  async (_, onCall) => {
    const subgraph = await startScriptedSubgraph({ onCall })
    const error: unknown = await subgraph.query('{ one }').catch((reason: unknown) => reason)
    expect(error).toMatchObject({ extensions: refused('UNREACHABLE') })
    expect(JSON.stringify(error)).not.toContain('10.0.0.7')
    expect(subgraph.logged.length).toBe(1)
    await subgraph.close()
  },
)

test('an answer longer than anybody may hold is cut off', async () => {
  let written = 0
  const subgraph = await startScriptedSubgraph({
    onCall: ({ response }) => {
      const chunk = 'x'.repeat(1_000_000)
      const write = () => {
        written += 1
        response.write(chunk, (error) => {
          if (!error && written < 200) write()
        })
      }
      write()
    },
  })
  expect(await refusalOf(subgraph.query('{ one }'))).toEqual(refused('UNREACHABLE'))
  await expect.poll(() => subgraph.calls[0]?.isClosed).toBe(true)
  expect(written).toBeLessThan(200)
  await subgraph.close()
})

test('an answer in many pieces is put together, also within a character', async () => {
  const name = 'é'.repeat(40_000)
  const subgraph = await startScriptedSubgraph({
    onCall: ({ response }) => {
      const bytes = Buffer.from(JSON.stringify({ data: { name } }))
      for (let at = 0; at < bytes.length; at += 999) response.write(bytes.subarray(at, at + 999))
      response.end()
    },
  })
  expect(await subgraph.query('{ name }')).toEqual({ data: { name } })
  await subgraph.close()
})

test.each([200, 400, 500])('GraphQL errors are an answer, with status %i too', async (status) => {
  const errors = [{ message: 'No such field', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]
  const subgraph = await startScriptedSubgraph({
    onCall: ({ response }) => response.writeHead(status).end(JSON.stringify({ errors })),
  })
  expect(await subgraph.query('{ one }')).toEqual({ errors })
  await subgraph.close()
})

test('a network that lets nothing through costs an operation its time and no more', async () => {
  const real = await startScriptedSubgraph({})
  const proxy = await startTcpProxy(real.url)
  const subgraph = await startScriptedSubgraph({ through: proxy.url })
  proxy.freeze()
  const end = new AbortController()
  const asked = subgraph.query('{ one }', scopeOf({ signal: end.signal, deadlineMs: Date.now() }))
  await expect.poll(() => proxy.connections).toBe(1)
  end.abort()
  expect(await refusalOf(asked)).toEqual(refused('TIMEOUT'))
  expect(subgraph.counted('timeout')).toBe(1)

  proxy.thaw()
  const again = subgraph.query('{ one }')
  ;(await real.arrival(1)).answer({ one: 1 })
  expect(await again).toEqual({ data: { one: 1 } })
  await subgraph.close()
  await proxy.close()
  await real.close()
})

test('nobody there: all who wait are told at once, those in the queue too', async () => {
  const real = await startScriptedSubgraph({})
  await real.stop()
  const subgraph = await startScriptedSubgraph({ through: real.url, connections: 2, now: () => 0 })
  const asked = Array.from({ length: 15 }, (_, nth) => refusalOf(subgraph.query(`{ n${String(nth)} }`)))
  expect(await Promise.all(asked)).toEqual(asked.map(() => refused('UNREACHABLE')))
  await subgraph.close()
  await real.close()
})
