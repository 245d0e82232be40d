import { expect, test } from 'vitest'
import { ask, startRawServer } from './raw-server.ts'

test('one request at a time per connection, the others in the order they came', async () => {
  const { wire, arrival, requests, sockets } = await startRawServer({ connections: 2 })
  const asked = ['1', '2', '3', '4', '5'].map((body) => ask(wire, body))
  await arrival(2)
  expect(sockets.length).toBe(2)
  expect(new Set(requests.map(({ socket }) => socket)).size).toBe(2)
  for (let nth = 1; nth <= 5; nth += 1) (await arrival(nth)).answer(`to ${String(nth)}`)
  const answers = await Promise.all(asked.map(({ heard }) => heard))
  expect(answers.map(({ text }) => text)).toEqual(['to 1', 'to 2', 'to 3', 'to 4', 'to 5'])
  expect(requests.map(({ body }) => body)).toEqual(['1', '2', '3', '4', '5'])
  expect(sockets.length).toBe(2)
})

test('the most recently used connection is used again', async () => {
  const { wire, arrival } = await startRawServer()
  const asked = [ask(wire, '1'), ask(wire, '2')]
  const [one, two] = [await arrival(1), await arrival(2)]
  two.answer('2')
  await asked[1]?.heard
  one.answer('1')
  await asked[0]?.heard
  for (let nth = 3; nth <= 6; nth += 1) {
    const { heard } = ask(wire, String(nth))
    const request = await arrival(nth)
    expect(request.socket).toBe(one.socket)
    request.answer('again')
    await heard
  }
})

test('one who leaves the queue is never sent, and the next keeps its place', async () => {
  const { wire, arrival, requests, sockets } = await startRawServer({ connections: 1 })
  const first = ask(wire, '1')
  const held = await arrival(1)
  const second = ask(wire, '2')
  const third = ask(wire, '3')
  second.abort()
  held.answer('1')
  ;(await arrival(2)).answer('3')
  expect([await first.heard, await third.heard].map(({ text }) => text)).toEqual(['1', '3'])
  expect(requests.map(({ body }) => body)).toEqual(['1', '3'])
  expect([sockets.length, second.times()]).toEqual([1, 0])
})

test('leaving before there is a connection costs none', async () => {
  const { wire, arrival, sockets } = await startRawServer()
  const gone = ask(wire, '1')
  gone.abort()
  await expect.poll(() => sockets.length).toBe(1)
  const next = ask(wire, '2')
  ;(await arrival(1)).answer('2')
  expect(await next.heard).toEqual({ status: 200, text: '2' })
  expect([sockets.length, gone.times()]).toEqual([1, 0])
})

test('an abandoned request closes its connection, and its late answer reaches nobody', async () => {
  const { wire, arrival, open } = await startRawServer({ connections: 1 })
  const gone = ask(wire, '1')
  const first = await arrival(1)
  const next = ask(wire, '2')
  gone.abort()
  first.answer('secret of 1')
  const second = await arrival(2)
  expect(second.socket).not.toBe(first.socket)
  await expect.poll(() => open.has(first.socket)).toBe(false)
  second.answer('2')
  expect(await next.heard).toEqual({ status: 200, text: '2' })
  // Nor does aborting what is over touch whose connection it is now.
  const third = ask(wire, '3')
  const request = await arrival(3)
  gone.abort()
  next.abort()
  request.answer('3')
  expect((await third.heard).text).toBe('3')
  expect(request.socket).toBe(second.socket)
  expect(gone.times()).toBe(0)
})

test('what is asked again gets a connection that was not there before, however many there are', async () => {
  const { wire, arrival, open } = await startRawServer({ connections: 2 })
  const warm = [ask(wire, '1'), ask(wire, '2')]
  for (const nth of [1, 2]) (await arrival(nth)).answer('x')
  await Promise.all(warm.map(({ heard }) => heard))
  const old = new Set(open)
  const again = ask(wire, '3', { isFresh: true })
  const third = await arrival(3)
  expect(old.has(third.socket)).toBe(false)
  await expect.poll(() => open.size).toBe(2)
  // And when all are busy, the one that is free first makes room.
  const busy = ask(wire, '4')
  const fourth = await arrival(4)
  const fresh = ask(wire, '5', { isFresh: true })
  fourth.answer('4')
  const fifth = await arrival(5)
  expect([third.socket, fourth.socket].includes(fifth.socket)).toBe(false)
  third.answer('3')
  fifth.answer('5')
  const answers = await Promise.all([again, busy, fresh].map(({ heard }) => heard))
  expect(answers.map(({ text }) => text)).toEqual(['3', '4', '5'])
})

test('an idle connection is closed in time, and before its server would', async () => {
  const { wire, arrival, open } = await startRawServer({ idleMs: 30 })
  const first = ask(wire, '1')
  ;(await arrival(1)).answer('1')
  await first.heard
  await expect.poll(() => open.size).toBe(0)

  const hasty = await startRawServer()
  const told = ask(hasty.wire, '1')
  const request = await hasty.arrival(1)
  request.socket.write('HTTP/1.1 200 OK\r\nkeep-alive: timeout=1\r\ncontent-length: 1\r\n\r\n1')
  await told.heard
  const next = ask(hasty.wire, '2')
  const second = await hasty.arrival(2)
  expect(second.socket).not.toBe(request.socket)
  second.answer('2')
  await next.heard
})

test('a connection its server closes is not asked any more', async () => {
  const { wire, arrival, open } = await startRawServer()
  const first = ask(wire, '1')
  const request = await arrival(1)
  request.answer('1')
  await first.heard
  request.socket.end()
  await expect.poll(() => open.size).toBe(0)
  const second = ask(wire, '2')
  ;(await arrival(2)).answer('2')
  expect(await second.heard).toEqual({ status: 200, text: '2' })
})
