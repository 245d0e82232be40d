import { expect, test } from 'vitest'
import { refusalOf, scopeOf, startScriptedSubgraph } from './scripted-subgraph.ts'

function refused(reason: string) {
  return { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'goods', reason }
}

test('a subgraph is asked with the identity, the deadline and a signature over both', async () => {
  const subgraph = await startScriptedSubgraph({
    onCall: (call) => {
      call.answer({ one: 1 })
    },
  })
  const scope = scopeOf({
    accessToken: 'a.b.c',
    clientIp: '192.0.2.7',
    traceparent: '00-00000000000000000000000000000001-0000000000000001-01',
  })
  expect(await subgraph.query('{ one }', scope)).toEqual({ data: { one: 1 } })
  const call = await subgraph.arrival(1)
  expect(call.isGenuine).toBe(true)
  expect(call.body).toBe('{"query":"{ one }"}')
  expect(call.headers).toMatchObject({
    authorization: 'Bearer a.b.c',
    'content-type': 'application/json',
    'x-request-id': scope.requestId,
    'x-client-ip': '192.0.2.7',
    'x-deadline': String(scope.deadlineMs),
    traceparent: scope.traceparent,
  })
  await subgraph.close()
})

test('equal queries are asked once, and each gets an answer of its own', async () => {
  const subgraph = await startScriptedSubgraph({})
  const asked = [subgraph.query('{ one }'), subgraph.query('{ one }'), subgraph.query('{ one }')]
  const other = subgraph.query('{ two }')
  await subgraph.arrival(2)
  for (const call of subgraph.calls) call.answer({ thing: { name: 'Tote' } })
  const [first, second, third] = await Promise.all(asked)
  await other
  // More calls would wait for ever: nobody answers them.
  expect(subgraph.calls.length).toBe(2)
  expect(first).toEqual(second)
  Object.assign(first?.data?.thing ?? {}, { name: 'Changed' })
  expect([second?.data, third?.data]).toEqual([{ thing: { name: 'Tote' } }, { thing: { name: 'Tote' } }])
  expect([subgraph.counted('answered'), subgraph.counted('joined')]).toEqual([2, 2])
  // Answered is over: the next is asked anew.
  const later = subgraph.query('{ one }')
  ;(await subgraph.arrival(3)).answer({ thing: 'new' })
  expect(await later).toEqual({ data: { thing: 'new' } })
  await subgraph.close()
})

test('equal queries of two identities, or of none, never share an answer', async () => {
  const subgraph = await startScriptedSubgraph({})
  const asked = [null, 'anna', 'ben', 'anna'].map((accessToken) =>
    subgraph.query('{ me }', scopeOf({ accessToken })),
  )
  await subgraph.arrival(3)
  for (const call of subgraph.calls) call.answer({ me: call.headers.authorization ?? 'nobody' })
  const answers = await Promise.all(asked)
  expect(answers.map(({ data }) => data?.me)).toEqual(['nobody', 'Bearer anna', 'Bearer ben', 'Bearer anna'])
  expect(subgraph.calls.length).toBe(3)
  await subgraph.close()
})

test('a body that spells out a token and another body meets nobody', async () => {
  const subgraph = await startScriptedSubgraph({})
  const scope = scopeOf({ accessToken: 'anna' })
  const own = subgraph.client.ask({ body: '{"query":"{ me }"}', isMutation: false }, scope)
  const forged = subgraph.client.ask({ body: 'anna\n{"query":"{ me }"}', isMutation: false }, scopeOf({}))
  await subgraph.arrival(2)
  for (const call of subgraph.calls) call.answer({ me: call.headers.authorization ?? 'nobody' })
  expect((await own).data).toEqual({ me: 'Bearer anna' })
  expect((await forged).data).toEqual({ me: 'nobody' })
  await subgraph.close()
})

test('equal mutations are each asked, and a query after one sees what it did', async () => {
  const subgraph = await startScriptedSubgraph({})
  const before = subgraph.query('{ count }')
  await subgraph.arrival(1)
  const mutations = [subgraph.mutate('mutation { add }'), subgraph.mutate('mutation { add }')]
  await subgraph.arrival(3)
  subgraph.calls[1]?.answer({ add: 1 })
  subgraph.calls[2]?.answer({ add: 2 })
  await Promise.all(mutations)
  const after = subgraph.query('{ count }')
  ;(await subgraph.arrival(4)).answer({ count: 2 })
  expect(await after).toEqual({ data: { count: 2 } })
  subgraph.calls[0]?.answer({ count: 0 })
  expect(await before).toEqual({ data: { count: 0 } })
  await subgraph.close()
})

test('who remembers answers does not get one that was asked for before a purge', async () => {
  const subgraph = await startScriptedSubgraph({})
  const before = subgraph.query('{ price }')
  await subgraph.arrival(1)
  const askedSince = performance.now()
  const fills = [1, 2].map(() => subgraph.query('{ price }', scopeOf({ askedSince })))
  ;(await subgraph.arrival(2)).answer({ price: 'new' })
  expect(await Promise.all(fills)).toEqual([{ data: { price: 'new' } }, { data: { price: 'new' } }])
  subgraph.calls[0]?.answer({ price: 'old' })
  expect(await before).toEqual({ data: { price: 'old' } })
  expect(subgraph.calls.length).toBe(2)
  await subgraph.close()
})

test('one who leaves does not end it for the others; the last one does', async () => {
  const subgraph = await startScriptedSubgraph({})
  const [first, second] = [new AbortController(), new AbortController()]
  const late = subgraph.query('{ one }', scopeOf({ signal: first.signal, deadlineMs: Date.now() }))
  const gone = subgraph.query('{ one }', scopeOf({ signal: second.signal }))
  const call = await subgraph.arrival(1)
  first.abort()
  expect(await refusalOf(late)).toEqual(refused('TIMEOUT'))
  const third = subgraph.query('{ one }')
  second.abort()
  expect(await refusalOf(gone)).toEqual(refused('ABANDONED'))
  call.answer({ one: 1 })
  expect(await third).toEqual({ data: { one: 1 } })

  const alone = new AbortController()
  const given = subgraph.query('{ two }', scopeOf({ signal: alone.signal }))
  const cut = await subgraph.arrival(2)
  alone.abort()
  expect(await refusalOf(given)).toEqual(refused('ABANDONED'))
  await expect.poll(() => cut.isClosed).toBe(true)
  // What was given up cannot be waited for any more.
  const again = subgraph.query('{ two }')
  ;(await subgraph.arrival(3)).answer({ two: 2 })
  expect(await again).toEqual({ data: { two: 2 } })
  expect(await refusalOf(subgraph.query('{ two }', scopeOf({ signal: alone.signal })))).toEqual(
    refused('ABANDONED'),
  )
  expect(subgraph.calls.length).toBe(3)
  await subgraph.close()
})

test('what nobody waits for any more is never sent, and costs no connection', async () => {
  const subgraph = await startScriptedSubgraph({ connections: 1 })
  const first = subgraph.query('{ one }')
  const held = await subgraph.arrival(1)
  const end = new AbortController()
  const queued = subgraph.query('{ two }', scopeOf({ signal: end.signal }))
  end.abort()
  expect(await refusalOf(queued)).toEqual(refused('ABANDONED'))
  const third = subgraph.query('{ three }')
  held.answer({ one: 1 })
  await first
  const next = await subgraph.arrival(2)
  expect(next.body).toContain('three')
  expect(next.request.socket).toBe(held.request.socket)
  next.answer({ three: 3 })
  expect(await third).toEqual({ data: { three: 3 } })
  await subgraph.close()
})

test('one operation may wait for many answers at a time without a warning', async () => {
  const warnings: string[] = []
  const note = (warning: Error) => void warnings.push(warning.name)
  process.on('warning', note)
  const subgraph = await startScriptedSubgraph({
    onCall: (call) => {
      call.answer({})
    },
  })
  const scope = scopeOf({})
  await Promise.all(Array.from({ length: 40 }, (_, nth) => subgraph.query(`{ n${String(nth)} }`, scope)))
  process.off('warning', note)
  expect(warnings).toEqual([])
  await subgraph.close()
})
