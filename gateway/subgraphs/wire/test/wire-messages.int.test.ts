import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UnsendableRequest } from '../subgraph-wire.ts'
import { ask, startRawServer } from './raw-server.ts'

test('a request is one message that says what it holds', async () => {
  const { wire, arrival, port } = await startRawServer()
  const { heard } = ask(wire, '{"query":"{ a }"}', {
    headers: ['x-request-id', '1', 'authorization', 'Bearer é'],
  })
  const request = await arrival(1)
  expect((request.head + request.body).split('\r\n')).toEqual([
    'POST /graphql HTTP/1.1',
    `host: 127.0.0.1:${String(port)}`,
    'content-type: application/json',
    'accept: application/json',
    'x-request-id: 1',
    // A header is no UTF-8: this is one byte, as an HTTP server reads it.
    'authorization: Bearer é',
    'content-length: 17',
    '',
    '{"query":"{ a }"}',
  ])
  request.answer('{"data":1}')
  expect(await heard).toEqual({ status: 200, text: '{"data":1}' })
})

test.each(['é', '漢字', '👜', 'a'.repeat(300_000), '漢'.repeat(100_000)])(
  'a body of any characters is counted in bytes, and so is its answer',
  async (body) => {
    const { wire } = await startRawServer({
      onRequest: (request) => {
        if (request.head.includes('x-name: é\r\n')) request.answer(request.body)
      },
    })
    const asked = [1, 2, 3].map(() => ask(wire, body, { headers: ['x-name', 'é'] }).heard)
    for (const { text } of await Promise.all(asked)) expect(text === body).toBe(true)
  },
)

test.each(['a\r\nx-client-ip: 10.0.0.1', 'a\nb', 'a\r', 'a\0', '漢'])(
  'a header that would begin another line, or is none, is never written',
  async (value) => {
    const { wire, sockets } = await startRawServer()
    const heard = await ask(wire, '{}', { headers: ['x-one', value] }).heard
    expect(heard).toMatchObject({ status: 0, isLost: false })
    expect(heard.error).toBeInstanceOf(UnsendableRequest)
    expect(heard.error?.message).not.toContain(value)
    expect(sockets.length).toBe(0)
  },
)

test('an answer in pieces of any size is the same answer', async () => {
  let reply = Buffer.alloc(0)
  let places: number[] = []
  const { wire } = await startRawServer({
    onRequest: ({ socket }) => {
      const cuts = [
        0,
        ...places.map((place) => place % reply.length).sort((one, other) => one - other),
        reply.length,
      ]
      const send = (nth: number): void => {
        const from = cuts[nth]
        const to = cuts[nth + 1]
        if (from === undefined || to === undefined) return
        socket.write(reply.subarray(from, to))
        setImmediate(send, nth + 1)
      }
      send(0)
    },
  })
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 100 }), fc.constant('é'.repeat(90_000)))
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.array(fc.nat(), { maxLength: 8 }),
      fc.boolean(),
      async (body, cuts, isChunked) => {
        const bytes = Buffer.from(body)
        places = cuts
        const size = isChunked ? 'transfer-encoding: chunked' : `content-length: ${String(bytes.length)}`
        const data =
          isChunked && bytes.length > 0
            ? Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
            : bytes
        const end = isChunked ? '0\r\n\r\n' : ''
        reply = Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${size}\r\n\r\n`), data, Buffer.from(end)])
        expect(await ask(wire, '{}').heard).toEqual({ status: 200, text: bytes.toString() })
      },
    ),
    { numRuns: 100 },
  )
})

test('garbage gives no answer and hangs nobody', async () => {
  let reply = Buffer.alloc(0)
  const { wire, open } = await startRawServer({
    onRequest: ({ socket }) => {
      socket.end(reply)
    },
  })
  const garbage = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .uint8Array({ maxLength: 300 })
      .map((bytes) => Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nx: '), bytes])),
  )
  await fc.assert(
    fc.asyncProperty(garbage, async (bytes) => {
      reply = Buffer.from(bytes)
      const { heard, times } = ask(wire, '{}')
      expect((await heard).error).toBeInstanceOf(Error)
      expect(times()).toBe(1)
    }),
    { numRuns: 100 },
  )
  await expect.poll(() => open.size).toBe(0)
})
