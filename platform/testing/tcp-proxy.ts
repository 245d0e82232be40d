import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A TCP hop in front of a store, for tests of what a network does. */
export interface TcpProxy {
  url: string
  /** Resets every connection. */
  cut(): void
  /** Connections stay open and nothing passes any more, until `thaw`. */
  freeze(): void
  thaw(): void
  /** Resets every connection, and each new one, until `accept`. */
  refuse(): void
  accept(): void
  /** Connections made so far. */
  readonly connections: number
  close(): Promise<void>
}

/** `target` is the store's URL, with its port. The proxy's `url` is the same through the proxy. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const upstreamUrl = new URL(target)
  const pairs = new Set<[Socket, Socket]>()
  let frozen = false
  let refusing = false
  let connections = 0
  const server = createServer((client) => {
    connections++
    if (refusing) {
      client.on('error', () => undefined)
      client.resetAndDestroy()
      return
    }
    const upstream = connect(Number(upstreamUrl.port), upstreamUrl.hostname)
    const pair: [Socket, Socket] = [client, upstream]
    pairs.add(pair)
    for (const [from, to] of [pair, [upstream, client] as const]) {
      from.on('data', (chunk) => {
        if (!frozen) to.write(chunk)
      })
      from.on('error', () => undefined)
      from.on('close', () => {
        to.destroy()
        pairs.delete(pair)
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)

  function cut(): void {
    for (const [client, upstream] of pairs) {
      client.resetAndDestroy()
      upstream.destroy()
    }
  }

  return {
    url: url.href,
    cut,
    freeze: () => {
      frozen = true
    },
    thaw: () => {
      frozen = false
    },
    refuse: () => {
      refusing = true
      cut()
    },
    accept: () => {
      refusing = false
    },
    get connections() {
      return connections
    },
    close: async () => {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
