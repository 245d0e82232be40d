// What a server does about clients that take their time, on real sockets.
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { RequestError } from '../errors/errors.ts'
import { type HttpPatience, listen, readBody, type RunningHttpServer, sendJson } from './http-server.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function start(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  patience: Partial<HttpPatience> = {},
): Promise<RunningHttpServer> {
  const server = await listen(handler, { port: 0, patience: { checkMs: 20, ...patience } })
  closing.push(() => server.stop(0))
  return server
}

/** A client of which only `text` is sent, and what it is told until the connection is closed. */
function open(server: RunningHttpServer, text: string): { socket: Socket; told: Promise<string> } {
  const socket = connect(server.port, '127.0.0.1', () => socket.write(text))
  closing.push(() => void socket.destroy())
  let received = ''
  socket.on('data', (chunk) => (received += chunk.toString()))
  socket.on('error', () => undefined)
  const told = new Promise<string>((resolve) => {
    socket.once('close', () => {
      resolve(received)
    })
  })
  return { socket, told }
}

const ok = (_: IncomingMessage, response: ServerResponse) => {
  sendJson(response, 200, {})
}

/** Tells the code of what went wrong with the body. */
function reading(maxBytes: number, timeoutMs?: number) {
  return (request: IncomingMessage, response: ServerResponse) => {
    readBody(request, maxBytes, timeoutMs).then(
      (body) => {
        sendJson(response, 200, { size: body.length })
      },
      (error: unknown) => {
        response.setHeader('connection', 'close')
        sendJson(response, 400, { code: error instanceof RequestError ? error.code : String(error) })
      },
    )
  }
}

test('who connects and does not say what it wants is sent away', async () => {
  const server = await start(ok, { headersMs: 100 })
  const started = performance.now()
  expect(await open(server, '').told).toContain('408')
  expect(await open(server, 'GET / HTTP/1.1\r\nhost: a\r\nx-slow: ').told).toContain('408')
  expect(performance.now() - started).toBeLessThan(2_000)
})

test('headers above 16 kB are refused with 431', async () => {
  const server = await start(ok)
  const { told } = open(server, `GET / HTTP/1.1\r\nhost: a\r\nx-large: ${'x'.repeat(17_000)}\r\n\r\n`)
  expect(await told).toMatch(/^HTTP\/1\.1 431 /)
})

test('a body that does not come is given up, and its sender told', async () => {
  const server = await start(reading(1_000, 100))
  const { told } = open(server, 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 500\r\n\r\n{')
  expect(await told).toContain('REQUEST_TIMEOUT')
})

test('a body that turns out too large is refused before its end, and its sender told', async () => {
  const server = await start(reading(1_000))
  const chunk = `400\r\n${'x'.repeat(1_024)}\r\n`
  const { told } = open(server, `POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n${chunk}`)
  expect(await told).toContain('PAYLOAD_TOO_LARGE')
})

test('a sender that goes away in the middle of its body is not waited for', async () => {
  let failed: unknown
  const server = await start((request, response) => {
    readBody(request, 1_000).catch((error: unknown) => {
      failed = error
      response.destroy()
    })
  })
  const { socket } = open(server, 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 500\r\n\r\n{')
  await expect.poll(() => socket.bytesWritten).toBeGreaterThan(0)
  socket.destroy()
  await expect.poll(() => failed).toBeInstanceOf(Error)
})

test('who does not read its answer loses the connection, and who reads fast enough does not', async () => {
  const piece = Buffer.alloc(16_000_000, 'x')
  let isGone = false
  const server = await start(
    (request, response) => {
      response.once('close', () => {
        if (request.url === '/never') isGone = !response.writableFinished
      })
      response.writeHead(200, { 'content-length': piece.length })
      for (let start = 0; start < piece.length; start += 64_000) {
        response.write(piece.subarray(start, start + 64_000))
      }
      response.end()
    },
    { writeMs: 300, writeBytes: 10_000 },
  )
  const never = connect(server.port, '127.0.0.1', () => never.write('GET /never HTTP/1.1\r\nhost: a\r\n\r\n'))
  never.pause().on('error', () => undefined)
  const slow = connect(server.port, '127.0.0.1', () => slow.write('GET /slow HTTP/1.1\r\nhost: a\r\n\r\n'))
  closing.push(
    () => void never.destroy(),
    () => void slow.destroy(),
  )
  let read = 0
  const started = performance.now()
  slow.pause().on('error', () => undefined)
  const reader = setInterval(() => {
    read += (slow.read(Math.min(200_000, slow.readableLength)) as Buffer | null)?.length ?? 0
  }, 10)
  await expect.poll(() => isGone, { timeout: 5_000 }).toBe(true)
  await expect.poll(() => read, { timeout: 15_000 }).toBeGreaterThan(piece.length)
  clearInterval(reader)
  expect(performance.now() - started).toBeGreaterThan(300)
})

test('in a crowd idle connections are kept for a shorter time', async () => {
  const server = await start(ok, { idleMs: 60_000, crowd: 2, crowdedIdleMs: 1_000 })
  const told: string[] = []
  for (let count = 0; count < 3; count += 1) {
    const { socket } = open(server, 'GET / HTTP/1.1\r\nhost: a\r\n\r\n')
    const [chunk] = (await once(socket, 'data')) as [Buffer]
    told.push(/timeout=\d+/.exec(chunk.toString())?.[0] ?? '')
  }
  expect(told).toEqual(['timeout=60', 'timeout=60', 'timeout=1'])
})

test('beyond the most connections there may be, the ones before are served', async () => {
  const server = await start(ok, { maxConnections: 2 })
  const request = 'GET / HTTP/1.1\r\nhost: a\r\n\r\n'
  const before = [open(server, ''), open(server, '')]
  await Promise.all(before.map(({ socket }) => once(socket, 'connect')))
  expect(await open(server, request).told).toBe('')
  for (const { socket } of before) {
    socket.write(request)
    await once(socket, 'data')
  }
})
