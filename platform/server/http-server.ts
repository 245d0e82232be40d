import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { payloadTooLarge, requestTimeout } from '../errors/errors.ts'

/** The port is taken; the message is one line that names it. */
export class PortTakenError extends Error {
  constructor(port: number) {
    super(`Port ${String(port)} is taken by another process: stop it, or choose another port with PORT=…`)
    this.name = 'PortTakenError'
  }
}

export interface RunningHttpServer {
  url: string
  port: number
  /** Takes no new connections and lets the requests under way finish, at most `graceMs` long. */
  stop(graceMs?: number): Promise<void>
}

/** How long a client may take, and how many may be there. */
export interface HttpPatience {
  /** For the headers, from the moment it connects. */
  headersMs: number
  /** For the whole request; bodies that are read at once have less, see {@link readBody}. */
  requestMs: number
  /** Between two requests. Longer than the 60 s of most proxies, so that it is they who close. */
  idleMs: number
  /** For taking what was sent at once, and a millisecond more for each `writeBytes` of it. */
  writeMs: number
  writeBytes: number
  /** How often the above are looked at. */
  checkMs: number
  /** With more connections than this an idle one is kept for `crowdedIdleMs` only. */
  crowd: number
  crowdedIdleMs: number
  /** Beyond these a new connection is closed at once: an idle one takes about 10 kB. */
  maxConnections: number
}

const patience: HttpPatience = {
  headersMs: 10_000,
  requestMs: 60_000,
  idleMs: 65_000,
  writeMs: 30_000,
  writeBytes: 20,
  checkMs: 2_000,
  crowd: 5_000,
  crowdedIdleMs: 5_000,
  maxConnections: 20_000,
}

/** Headers in bytes, the request line included; more is answered with 431. */
const maxHeaderSize = 16_384

/** Listens; port 0 takes a free one. Rejects with {@link PortTakenError} when the port is taken. */
export async function listen(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  options: { port: number; host?: string; patience?: Partial<HttpPatience> },
): Promise<RunningHttpServer> {
  const host = options.host ?? '127.0.0.1'
  const { headersMs, requestMs, idleMs, checkMs, maxConnections, ...rest } = {
    ...patience,
    ...options.patience,
  }
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: idleMs,
      connectionsCheckingInterval: checkMs,
      maxHeaderSize,
    },
    handler,
  )
  server.maxConnections = maxConnections
  watchConnections(server, { idleMs, checkMs, ...rest })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(options.port) : error)
    })
    server.listen(options.port, host, resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  const shownHost = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return {
    url: `http://${shownHost}:${String(port)}`,
    port,
    stop: (graceMs = 4_000) => stop(server, graceMs),
  }
}

/** Node has no limit of its own for a client that does not read, and none that depends on how many there are. */
function watchConnections(
  server: Server,
  limits: Pick<HttpPatience, 'idleMs' | 'crowd' | 'crowdedIdleMs' | 'writeMs' | 'writeBytes' | 'checkMs'>,
): void {
  const sockets = new Set<Socket>()
  /** How much a socket has taken in whole writes, and until when it may take the next. */
  const pending = new WeakMap<Socket, { taken: number; untilMs: number }>()

  function closeStalled(socket: Socket, nowMs: number): void {
    const { writableLength } = socket
    if (writableLength === 0) {
      pending.delete(socket)
      return
    }
    const taken = socket.bytesWritten - writableLength
    const before = pending.get(socket)
    if (before?.taken !== taken) {
      pending.set(socket, { taken, untilMs: nowMs + limits.writeMs + writableLength / limits.writeBytes })
    } else if (nowMs >= before.untilMs) {
      socket.destroy()
    }
  }

  function adjust(): void {
    server.keepAliveTimeout = sockets.size > limits.crowd ? limits.crowdedIdleMs : limits.idleMs
  }

  server.on('connection', (socket) => {
    sockets.add(socket)
    adjust()
    socket.once('close', () => {
      sockets.delete(socket)
      adjust()
    })
  })
  const check = setInterval(() => {
    const nowMs = performance.now()
    for (const socket of sockets) closeStalled(socket, nowMs)
  }, limits.checkMs)
  check.unref()
  server.once('close', () => {
    clearInterval(check)
  })
}

function stop(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      server.closeAllConnections()
    }, graceMs)
    server.close(() => {
      clearTimeout(force)
      resolve()
    })
    server.closeIdleConnections()
    // A connection that answered meanwhile is kept alive for the next request, which will never be taken.
    const sweep = setInterval(() => {
      server.closeIdleConnections()
    }, 20)
    server.once('close', () => {
      clearInterval(sweep)
    })
  })
}

const gone = 'The client went away'

/**
 * The whole body; rejects with PAYLOAD_TOO_LARGE as soon as it is longer than `maxBytes`, and with REQUEST_TIMEOUT when it
 * is not there after `timeoutMs`. After either the connection is of no more use.
 */
export function readBody(request: IncomingMessage, maxBytes: number, timeoutMs = 15_000): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const tooLarge = () => payloadTooLarge(`The body is limited to ${String(maxBytes)} bytes.`)
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
      reject(tooLarge())
      return
    }
    if (request.destroyed) {
      reject(new Error(gone))
      return
    }
    const chunks: Buffer[] = []
    let size = 0
    const timer = setTimeout(() => {
      refuse(requestTimeout('The body took too long.'))
    }, timeoutMs)

    // Not `for await`: leaving that early destroys the request, and with it the connection the refusal is told on.
    function refuse(reason: Error): void {
      clearTimeout(timer)
      request.off('data', keep).pause()
      reject(reason)
    }

    function keep(chunk: Buffer): void {
      size += chunk.length
      if (size > maxBytes) refuse(tooLarge())
      else chunks.push(chunk)
    }

    request.on('data', keep)
    request.on('end', () => {
      clearTimeout(timer)
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks))
    })
    request.once('error', refuse)
    request.once('close', () => {
      refuse(new Error(gone))
    })
  })
}

/** Answers with JSON that no cache keeps. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.length,
    'cache-control': 'no-store',
  })
  response.end(bytes)
}
