// The four subgraphs over HTTP, so cheap that the gateway is what is measured: each answer is computed once and then
// sent as ready bytes, by a server that knows no more of HTTP than gateways say to it.
import { createServer, type Server, type Socket } from 'node:net'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { execute, type GraphQLSchema, parse } from 'graphql'
import { type SubgraphName, subgraphNames, subgraphs } from './subgraphs.ts'

export interface RunningSubgraphs {
  /** GraphQL address by name. */
  urls: Readonly<Record<SubgraphName, string>>
  /** How many requests came, since the start. */
  count(): number
  stop(): void
}

const seeds = /seed\w*"?:\s?\d+/g
const headEnd = Buffer.from('\r\n\r\n')

export async function startSubgraphs(): Promise<RunningSubgraphs> {
  const servers: Server[] = []
  let requests = 0
  const entries = await Promise.all(
    subgraphNames.map(async (name) => {
      const { sdl, resolvers } = subgraphs[name]
      const modules = { typeDefs: parse(sdl), resolvers }
      const answer = createAnswers(buildSubgraphSchema(modules as Parameters<typeof buildSubgraphSchema>[0]))
      const server = createServer({ noDelay: true }, (socket) => {
        serve(socket, (body) => {
          requests += 1
          return answer(body)
        })
      })
      servers.push(server)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 1024, resolve))
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      return [name, `http://127.0.0.1:${port}/graphql`] as const
    }),
  )
  return {
    urls: Object.fromEntries(entries) as Record<SubgraphName, string>,
    count: () => requests,
    stop: () => {
      for (const server of servers) server.close()
    },
  }
}

type Answer = Buffer | Promise<Buffer>

/** A request's answer depends on its body without the seed, so it is computed once for each of those. */
function createAnswers(schema: GraphQLSchema): (body: string) => Answer {
  const known = new Map<string, Buffer>()
  return (body) => {
    const key = body.replaceAll(seeds, 'seed')
    return (
      known.get(key) ??
      compute(schema, body).then((bytes) => {
        known.set(key, bytes)
        return bytes
      })
    )
  }
}

async function compute(schema: GraphQLSchema, body: string): Promise<Buffer> {
  if (body === '') return respond('{}')
  const { query, variables } = JSON.parse(body) as {
    query: string
    variables?: Record<string, unknown> | null
  }
  const result = await execute({ schema, document: parse(query), variableValues: variables ?? {} })
  if (result.errors) throw new AggregateError(result.errors, query)
  return respond(JSON.stringify(result))
}

function respond(json: string): Buffer {
  const head = [
    'HTTP/1.1 200 OK',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(json)}`,
    // Apollo's response cache keeps what the subgraphs say may be kept.
    'cache-control: public, max-age=60',
    'connection: keep-alive',
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${json}`)
}

/** One request after another on one connection; a body with a length, in chunks, or none. */
function serve(socket: Socket, answer: (body: string) => Answer): void {
  let pending: Buffer | null = null
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    let bytes: Buffer = pending ? Buffer.concat([pending, chunk]) : chunk
    pending = null
    for (;;) {
      const request = bytes.length === 0 ? null : readRequest(bytes)
      if (!request) break
      bytes = bytes.subarray(request.end)
      const reply = answer(request.body)
      if (reply instanceof Promise) {
        reply.then(
          (ready) => socket.write(ready),
          (error: unknown) => {
            console.error(error)
            socket.destroy()
          },
        )
      } else {
        socket.write(reply)
      }
    }
    if (bytes.length > 0) pending = bytes
  })
}

function readRequest(bytes: Buffer): { body: string; end: number } | null {
  const head = bytes.indexOf(headEnd)
  if (head < 0) return null
  const start = head + 4
  const text = bytes.toString('latin1', 0, head)
  const length = /content-length: ?(\d+)/i.exec(text)
  if (length) {
    const end = start + Number(length[1])
    return end > bytes.length ? null : { body: bytes.toString('utf8', start, end), end }
  }
  if (!/transfer-encoding: ?chunked/i.test(text)) return { body: '', end: start }
  const parts: Buffer[] = []
  for (let at = start; ;) {
    const line = bytes.indexOf('\r\n', at)
    if (line < 0) return null
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16)
    at = line + 2 + size + 2
    if (at > bytes.length) return null
    if (size === 0) return { body: Buffer.concat(parts).toString(), end: at }
    parts.push(bytes.subarray(line + 2, line + 2 + size))
  }
}
