import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { createSubgraphWire } from '../subgraph-wire.ts'
import { ask, startRawServer } from './raw-server.ts'

test('what comes behind an answer ends the connection, and the answer counts', async () => {
  const { wire, arrival } = await startRawServer()
  const first = ask(wire, '1')
  const { socket } = await arrival(1)
  socket.write(
    'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n1HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret',
  )
  expect((await first.heard).text).toBe('1')
  const second = ask(wire, '2')
  const next = await arrival(2)
  expect(next.socket).not.toBe(socket)
  next.answer('2')
  expect((await second.heard).text).toBe('2')
})

test('what comes when nothing was asked ends the connection', async () => {
  const { wire, arrival, open } = await startRawServer()
  const first = ask(wire, '1')
  const request = await arrival(1)
  request.answer('1')
  await first.heard
  request.answer('secret')
  await expect.poll(() => open.size).toBe(0)
  const second = ask(wire, '2')
  ;(await arrival(2)).answer('2')
  expect((await second.heard).text).toBe('2')
})

test('a connection whose request was answered before it was written is not used again', async () => {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined))
    // The first reads nothing of what is far longer than the network holds.
    if (sockets.length === 1) socket.pause().write('HTTP/1.1 413 No\r\ncontent-length: 0\r\n\r\n')
    else socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n2'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const wire = createSubgraphWire({ url: `http://127.0.0.1:${String(port)}/graphql`, connections: 1 })
  expect(await ask(wire, 'x'.repeat(30_000_000)).heard).toEqual({ status: 413, text: '' })
  expect((await ask(wire, '2').heard).text).toBe('2')
  wire.destroy()
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
})

test('connection: close is believed', async () => {
  const { wire, arrival, open } = await startRawServer({ connections: 1 })
  const first = ask(wire, '1')
  const second = ask(wire, '2')
  const request = await arrival(1)
  request.socket.write('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 1\r\n\r\n1')
  expect((await first.heard).text).toBe('1')
  const next = await arrival(2)
  expect(next.socket).not.toBe(request.socket)
  await expect.poll(() => open.has(request.socket)).toBe(false)
  next.socket.end('HTTP/1.1 200 OK\r\n\r\nto the end')
  expect((await second.heard).text).toBe('to the end')
})

test('a lost connection is told from an answer that broke off', async () => {
  const { wire, arrival } = await startRawServer()
  const warm = ask(wire, '0')
  const first = await arrival(1)
  first.answer('0')
  await warm.heard
  const lost = ask(wire, '1')
  ;(await arrival(2)).socket.end()
  expect(await lost.heard).toMatchObject({ isLost: true, status: 0 })
  const reset = ask(wire, '2')
  ;(await arrival(3)).socket.resetAndDestroy()
  expect(await reset.heard).toMatchObject({ isLost: true, status: 0 })
  const begun = ask(wire, '3')
  ;(await arrival(4)).socket.end('H')
  expect(await begun.heard).toMatchObject({ isLost: false, status: 0 })
  const half = ask(wire, '4')
  ;(await arrival(5)).socket.end('HTTP/1.1 413 No\r\ncontent-length: 5\r\n\r\nhalf')
  expect(await half.heard).toMatchObject({ isLost: false, status: 413 })
  const endless = ask(wire, '5')
  const { socket } = await arrival(6)
  socket.write('HTTP/1.1 200 OK\r\n\r\nhalf', () => socket.resetAndDestroy())
  expect(await endless.heard).toMatchObject({ isLost: false, status: 200 })
})

test('who does not answer at all is given up, also without a deadline', async () => {
  const { wire, arrival, open } = await startRawServer({ answerTimeoutMs: 20, idleMs: 20 })
  const asked = ask(wire, '1')
  await arrival(1)
  expect(await asked.heard).toMatchObject({ isLost: false, status: 0 })
  await expect.poll(() => open.size).toBe(0)
})

test('nobody there: all who wait are told, and the wire goes on when somebody is', async () => {
  const { port, close } = await startRawServer()
  await close()
  const away = createSubgraphWire({ url: `http://localhost:${String(port)}/graphql`, connections: 2 })
  const asked = Array.from({ length: 9 }, (_, nth) => ask(away, String(nth)))
  for (const { heard } of asked) expect(await heard).toMatchObject({ isLost: false, status: 0 })
  expect(asked.map(({ times }) => times())).toEqual(asked.map(() => 1))
  const server = createServer((socket) => {
    socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\nhere'))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  expect((await ask(away, 'x').heard).text).toBe('here')
  away.destroy()
  await new Promise((resolve) => server.close(resolve))
})

// Listens and never accepts: once two connections wait for it, the system drops what else comes.
const deafServer = `
  const { parentPort } = require('node:worker_threads')
  const server = require('node:net').createServer()
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  })`

test('a server that does not take the connection is given up in time', async () => {
  const worker = new Worker(deafServer, { eval: true })
  const port = await new Promise<number>((resolve) => worker.once('message', resolve))
  const crowd = Array.from({ length: 6 }, () => connect(port, '127.0.0.1').on('error', () => undefined))
  await expect.poll(() => crowd.filter(({ connecting }) => !connecting).length).toBeGreaterThanOrEqual(2)
  const wire = createSubgraphWire({
    url: `http://127.0.0.1:${String(port)}/graphql`,
    connections: 2,
    connectTimeoutMs: 50,
  })
  const asked = ['1', '2', '3'].map((body) => ask(wire, body))
  for (const { heard } of asked) {
    const { error, isLost } = await heard
    expect([error?.message, isLost]).toEqual(['No connection within 50 ms', false])
  }
  wire.destroy()
  for (const socket of crowd) socket.destroy()
  await worker.terminate()
})

test('when it is closed everybody is told once, and nothing stays open', async () => {
  const { wire, arrival, open } = await startRawServer({ connections: 1 })
  const asked = ['1', '2', '3'].map((body) => ask(wire, body))
  await arrival(1)
  wire.destroy()
  for (const { heard } of asked) expect((await heard).error).toBeInstanceOf(Error)
  expect((await ask(wire, '4').heard).error).toBeInstanceOf(Error)
  expect(asked.map(({ times }) => times())).toEqual([1, 1, 1])
  await expect.poll(() => open.size).toBe(0)
})
