import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { payloadTooLarge } from '../errors/errors.ts'

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

/** Listens; port 0 takes a free one. Rejects with {@link PortTakenError} when the port is taken. */
export async function listen(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  options: { port: number; host?: string },
): Promise<RunningHttpServer> {
  const host = options.host ?? '127.0.0.1'
  const server = createServer(
    { requestTimeout: 60_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 },
    handler,
  )
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

/** The whole body; rejects with PAYLOAD_TOO_LARGE as soon as it is longer than `maxBytes`. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > maxBytes) throw payloadTooLarge(`The body is limited to ${String(maxBytes)} bytes.`)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw payloadTooLarge(`The body is limited to ${String(maxBytes)} bytes.`)
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
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
