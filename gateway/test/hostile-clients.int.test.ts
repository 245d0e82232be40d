// Clients that mean harm, or whose network does: the gateway goes on answering the others.
import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freight, goods } from './bags.ts'
import { type SmallSubgraph, startTestGateway } from './test-gateway.ts'

const megabyte = 1_000_000
const library: SmallSubgraph = {
  name: 'library',
  sdl: 'type Query { pages: [String!]! }',
  resolvers: { Query: { pages: () => Array.from({ length: 200 }, () => 'x'.repeat(10_000)) } },
}

let gateway: Awaited<ReturnType<typeof startTestGateway>>
let port: number
const sockets: Socket[] = []
beforeAll(async () => {
  gateway = await startTestGateway({ subgraphs: [goods, freight, library], env: generousRates })
  port = Number(new URL(gateway.url).port)
  await others()
})
afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  await gateway.close()
})

// All these clients have one address.
const generousRates = { RATE_LIMIT_IP: '100000000/1000000' }

interface Client {
  socket: Socket
  /** What it was told, once the connection is closed. */
  told: Promise<string>
}

function open(text: string, afterwards: (socket: Socket) => void = () => undefined): Client {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => {
    socket.write(text)
    afterwards(socket)
  })
  sockets.push(socket)
  let received = ''
  socket.on('data', (chunk) => (received += chunk.toString()))
  socket.on('error', () => undefined)
  socket.once('end', () => socket.end())
  const told = new Promise<string>((resolve) => {
    socket.once('close', () => {
      resolve(received)
    })
  })
  return { socket, told }
}

/** Sends a byte now and then until the connection is closed. */
function trickle(socket: Socket): void {
  const timer = setInterval(() => {
    if (socket.writable) socket.write('x')
  }, 500)
  socket.once('close', () => {
    clearInterval(timer)
  })
}

/** Twenty honest requests, one after the other: how long the slowest took. */
async function others(): Promise<number> {
  let slowestMs = 0
  for (let count = 0; count < 20; count += 1) {
    const startedAt = performance.now()
    const answer = await gateway.query('{ bags { name postage } }')
    expect(answer.data?.bags).toHaveLength(2)
    slowestMs = Math.max(slowestMs, performance.now() - startedAt)
  }
  return slowestMs
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

const post = (length: number, body: string) =>
  `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${String(length)}\r\n\r\n${body}`

test('three hundred clients that send a byte now and then disturb nobody, and are sent away', async () => {
  const startedAt = performance.now()
  const headers = times(100, () => open('GET /live HTTP/1.1\r\nx-slow: ', trickle))
  const bodies = times(100, () => open(post(50_000, '{"query":"'), trickle))
  const silent = times(100, () => open(''))
  expect(await others()).toBeLessThan(1_000)
  const told = await Promise.all([...headers, ...bodies, ...silent].map((client) => client.told))
  expect(told.filter((text) => text.startsWith('HTTP/1.1 408'))).toHaveLength(300)
  expect(performance.now() - startedAt).toBeLessThan(20_000)
}, 25_000)

test('half-closed connections are closed, whatever was asked on them', async () => {
  const query = JSON.stringify({ query: '{ bags { name } }' })
  const startedAt = performance.now()
  const clients = times(150, (index) => {
    const text = [post(query.length, query), post(500, '{"query":"'), ''][index % 3]
    return open(text ?? '', (socket) => socket.end())
  })
  expect(await others()).toBeLessThan(1_000)
  await Promise.all(clients.map(({ told }) => told))
  expect(performance.now() - startedAt).toBeLessThan(5_000)
  // Nobody's fault, so no line that wakes anybody.
  expect(gateway.logged.filter((line) => /"level":"?(error|50)/.test(line))).toEqual([])
})

test.each([
  ['one header of 40 kB', `x-large: ${'x'.repeat(40_000)}\r\n`],
  ['two thousand small headers', times(2_000, (index) => `x-${String(index)}: 12345\r\n`).join('')],
  ['a cookie of 32 kB', `cookie: ${'a=b; '.repeat(6_400)}\r\n`],
])('%s: 431, and the connection is closed', async (_, header) => {
  const { told } = open(`GET /graphql HTTP/1.1\r\nhost: a\r\n${header}\r\n`)
  expect(await told).toMatch(/^HTTP\/1\.1 431 /)
})

test('clients that do not read large answers cost no more than the answers', async () => {
  const body = JSON.stringify({ query: '{ pages }' })
  const before = process.memoryUsage().rss
  const readers = times(40, () => open(post(body.length, body)))
  for (const { socket } of readers) socket.pause()
  expect(await others()).toBeLessThan(2_000)
  // 2 MB each, here also made, sent and parsed by this very process.
  expect(process.memoryUsage().rss - before).toBeLessThan(40 * 2 * 5 * megabyte)
  const [first] = readers
  first?.socket.resume()
  await expect.poll(() => first?.socket.bytesRead ?? 0, { timeout: 10_000 }).toBeGreaterThan(2 * megabyte)
  for (const { socket } of readers) socket.destroy()
  expect(await others()).toBeLessThan(1_000)
})

test('a client that stops reading is cut off, and who reads gets the same answer whole', async () => {
  const large: SmallSubgraph = {
    name: 'library',
    sdl: library.sdl,
    // More than the system takes off the gateway's hands by itself.
    resolvers: { Query: { pages: () => Array.from({ length: 1_200 }, () => 'x'.repeat(10_000)) } },
  }
  const own = await startTestGateway({
    ...{ subgraphs: [large], env: generousRates },
    patience: { writeMs: 200, writeBytes: megabyte, checkMs: 50 },
  })
  const body = JSON.stringify({ query: '{ pages }' })
  const stalled = times(5, () => {
    const socket = connect(Number(new URL(own.url).port), '127.0.0.1', () => {
      socket.write(post(body.length, body))
    })
    sockets.push(socket)
    return socket.pause().on('error', () => undefined)
  })
  expect((await own.query('{ pages }')).data?.pages).toHaveLength(1_200)
  // Who does not read learns of the end only by writing.
  const areCut = () => {
    for (const socket of stalled) if (socket.writable) socket.write(' ')
    return stalled.every(({ destroyed }) => destroyed)
  }
  await expect.poll(areCut, { timeout: 20_000 }).toBe(true)
  expect((await own.query('{ pages }')).data?.pages).toHaveLength(1_200)
  await own.close()
}, 40_000)

test('ten thousand idle connections disturb nobody and take little memory', async () => {
  const openFiles = Number(execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }))
  const count = Math.min(10_000, openFiles - 1_000)
  if (count < 10_000)
    console.warn(`Only ${String(count)} connections: this machine allows ${String(openFiles)} files.`)
  const before = process.memoryUsage().rss
  const clients = fork(join(import.meta.dirname, 'idle-clients.ts'), [String(port), String(count)], {
    // The test runner's own flags are not for it.
    execArgv: [],
  })
  const [result] = (await once(clients, 'message')) as [unknown]
  expect(result).toEqual({ answered: count, failed: 0 })
  expect(await others()).toBeLessThan(1_000)
  const each = (process.memoryUsage().rss - before) / count
  console.log(`An idle connection takes ${(each / 1_000).toFixed(1)} kB.`)
  expect(each).toBeLessThan(50_000)
  clients.kill()
  await once(clients, 'exit')
  expect(await others()).toBeLessThan(1_000)
}, 30_000)
