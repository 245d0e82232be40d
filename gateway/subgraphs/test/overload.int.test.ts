import { expect, test } from 'vitest'
import { startTcpProxy } from '#platform/testing/tcp-proxy.ts'
import { refusalOf, scopeOf, startScriptedSubgraph } from './scripted-subgraph.ts'

function refused(reason: string) {
  return { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'goods', reason }
}

test('a subgraph that does not answer is soon not asked, and asked again when it does', async () => {
  const clock = { ms: 0 }
  const real = await startScriptedSubgraph({})
  const proxy = await startTcpProxy(real.url)
  const subgraph = await startScriptedSubgraph({ through: proxy.url, now: () => clock.ms })
  proxy.refuse()
  for (let nth = 0; nth < 20; nth += 1) {
    expect(await refusalOf(subgraph.query('{ one }'))).toEqual(refused('UNREACHABLE'))
  }
  const { connections } = proxy
  for (let nth = 0; nth < 20; nth += 1) {
    expect(await refusalOf(subgraph.query('{ one }'))).toEqual(refused('CIRCUIT_OPEN'))
    expect(await refusalOf(subgraph.mutate('mutation { two }'))).toEqual(refused('CIRCUIT_OPEN'))
  }
  expect(proxy.connections).toBe(connections)
  expect(subgraph.counted('circuit_open')).toBe(40)
  expect(subgraph.breakerLevel()).toBe(2)

  clock.ms += 1_000
  expect(await refusalOf(subgraph.query('{ one }'))).toEqual(refused('UNREACHABLE'))
  expect(await refusalOf(subgraph.query('{ one }'))).toEqual(refused('CIRCUIT_OPEN'))
  proxy.accept()
  clock.ms += 2_000
  const probe = subgraph.query('{ one }')
  ;(await real.arrival(1)).answer({ one: 1 })
  expect(await probe).toEqual({ data: { one: 1 } })
  expect(subgraph.breakerLevel()).toBe(0)
  const said = subgraph.logged.filter((line) => /not asked for now|answers again/.test(line))
  expect(said.length).toBe(2)
  await subgraph.close()
  await proxy.close()
  await real.close()
})

test('errors of GraphQL, giant answers and clients who leave do not close the door', async () => {
  let answer = JSON.stringify({ errors: [{ message: 'No' }] })
  let status = 500
  const subgraph = await startScriptedSubgraph({
    onCall: ({ response, body }) => {
      if (!body.includes('silent')) response.writeHead(status).end(answer)
    },
  })
  for (let nth = 0; nth < 30; nth += 1) await subgraph.query('{ one }')
  answer = 'Too large'
  status = 413
  for (let nth = 0; nth < 30; nth += 1) await refusalOf(subgraph.query('{ one }'))
  for (let nth = 0; nth < 30; nth += 1) {
    const end = new AbortController()
    const asked = refusalOf(subgraph.query('{ silent }', scopeOf({ signal: end.signal })))
    await subgraph.arrival(61 + nth)
    end.abort()
    expect(await asked).toEqual(refused('ABANDONED'))
  }
  // Late, but it was not given the time.
  for (let nth = 0; nth < 30; nth += 1) {
    const end = new AbortController()
    const scope = scopeOf({ signal: end.signal, deadlineMs: Date.now() })
    const asked = refusalOf(subgraph.query('{ silent }', scope))
    end.abort()
    expect(await asked).toEqual(refused('TIMEOUT'))
  }
  expect(subgraph.breakerLevel()).toBe(0)
  await subgraph.close()
})

test('behind as many as may wait the next is turned away at once, and nobody else', async () => {
  const subgraph = await startScriptedSubgraph({ connections: 2, maxWaiting: 6 })
  const waiting = [1, 2, 3, 4, 5, 6].map((nth) => subgraph.query(`{ n${String(nth)} }`))
  expect(await refusalOf(subgraph.query('{ n7 }'))).toEqual(refused('BUSY'))
  expect(await refusalOf(subgraph.query('{ n8 }'))).toEqual(refused('BUSY'))
  // Waiting for what is asked already costs nothing.
  const joined = subgraph.query('{ n1 }')
  for (let nth = 1; nth <= 6; nth += 1) (await subgraph.arrival(nth)).answer({ nth: 1 })
  expect((await Promise.all([...waiting, joined])).length).toBe(7)
  const later = subgraph.query('{ n7 }')
  ;(await subgraph.arrival(7)).answer({ nth: 7 })
  expect(await later).toEqual({ data: { nth: 7 } })
  expect(subgraph.logged.filter((line) => line.includes('too many wait')).length).toBe(1)
  expect(subgraph.counted('busy')).toBe(2)
  await subgraph.close()
})

test('readiness is what the subgraph says, and no answer is no', async () => {
  let status = 200
  const subgraph = await startScriptedSubgraph({
    onCall: ({ response }) => response.writeHead(status).end('{}'),
  })
  expect(await subgraph.client.isReady()).toBe(true)
  status = 503
  expect(await subgraph.client.isReady()).toBe(false)
  await subgraph.stop()
  expect(await subgraph.client.isReady()).toBe(false)
  await subgraph.close()
})
