// A server whose every byte the test gives, and a wire to it; both end with the test.
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, onTestFinished } from 'vitest'
import { createSubgraphWire, type SubgraphWire, type WireOptions } from '../subgraph-wire.ts'

export interface Received {
  /** As bytes: a character each. */
  head: string
  body: string
  socket: Socket
  /** Sends an answer with a length. */
  answer(body: string): void
}

/** The wire is to it, with these options. */
export async function startRawServer(
  options: Partial<WireOptions> & { onRequest?: (request: Received) => void } = {},
) {
  const { onRequest, ...given } = options
  const requests: Received[] = []
  const sockets: Socket[] = []
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.push(socket)
    open.add(socket)
    let bytes = ''
    socket.setEncoding('latin1').on('data', (piece: string) => {
      bytes += piece
      for (;;) {
        const bodyAt = bytes.indexOf('\r\n\r\n') + 4
        const length = /content-length: (\d+)\r\n/.exec(bytes.slice(0, bodyAt))?.[1]
        const end = bodyAt + Number(length)
        if (length === undefined || bytes.length < end) return
        const request: Received = {
          head: bytes.slice(0, bodyAt),
          body: Buffer.from(bytes.slice(bodyAt, end), 'latin1').toString(),
          socket,
          answer: (body) => {
            socket.write(
              `HTTP/1.1 200 OK\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`,
            )
          },
        }
        bytes = bytes.slice(end)
        requests.push(request)
        onRequest?.(request)
      }
    })
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const wire = createSubgraphWire({ url: `http://127.0.0.1:${String(port)}/graphql`, ...given })
  const close = async () => {
    wire.destroy()
    for (const socket of open) socket.destroy()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  onTestFinished(close)
  return {
    port,
    wire,
    requests,
    sockets,
    open,
    close,
    arrival: async (nth: number): Promise<Received> => {
      await expect.poll(() => requests.length, { interval: 2 }).toBeGreaterThanOrEqual(nth)
      const request = requests[nth - 1]
      if (!request) throw new Error('unreachable')
      return request
    },
  }
}

export interface Heard {
  status: number
  text?: string
  error?: Error
  isLost?: boolean
}

/** Sends a request, and says what was heard of it. */
export function ask(wire: SubgraphWire, body: string, also: { headers?: string[]; isFresh?: boolean } = {}) {
  let times = 0
  let abort = () => undefined as unknown
  const heard = new Promise<Heard>((resolve) => {
    const { headers = [], isFresh = false } = also
    const sent = wire.send(
      { headers, body, isFresh },
      {
        onAnswer: (status, text) => {
          times += 1
          resolve({ status, text })
        },
        onFailed: (failure) => {
          times += 1
          resolve(failure)
        },
      },
    )
    abort = () => {
      sent.abort()
    }
  })
  return { heard, abort: () => abort(), times: () => times }
}
