// Mounts the built web app: its files, and its pages through the one function its server build offers.
import { existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { constants, createGzip } from 'node:zlib'
import { type Caller, header } from '../http/caller.ts'
import { Refusal } from '../http/refusal.ts'
import { readStaticFiles } from './static-files.ts'

/** Answers everything that is not the API's. */
export interface WebApp {
  answer(request: IncomingMessage, response: ServerResponse, url: URL, caller: Caller): Promise<void>
}

/** What a page's server side is told of the house. */
interface House {
  graphqlUrl: string
  clientIp: string | null
  requestId: string
}

interface ServerBuild {
  handle(request: Request, house: House): Promise<Response>
}

const buildFolder = join(import.meta.dirname, '..', '..', 'web', 'build')

/** The web app as it was built; null when it was not. `graphqlUrl` tells where its server side asks the API. */
export async function loadWebApp(options: {
  graphqlUrl: () => string
  publicOrigin: string | null
}): Promise<WebApp | null> {
  const serverFile = join(buildFolder, 'server', 'index.js')
  if (!existsSync(serverFile)) return null
  const build = (await import(pathToFileURL(serverFile).href)) as ServerBuild
  const files = await readStaticFiles(join(buildFolder, 'client'))

  return {
    answer: async (request, response, url, caller) => {
      if (await files.answer(url.pathname, request, response)) return
      const asked = toRequest(request, response, options.publicOrigin)
      const answer = await build.handle(asked, {
        graphqlUrl: options.graphqlUrl(),
        clientIp: caller.clientIp,
        requestId: caller.requestId,
      })
      await send(answer, request, response)
    },
  }
}

function toRequest(request: IncomingMessage, response: ServerResponse, publicOrigin: string | null): Request {
  const host = header(request, 'host') ?? 'localhost'
  // Behind a proxy that ends TLS only the configuration knows that browsers see https.
  const isPublic = publicOrigin !== null && new URL(publicOrigin).host === host
  const origin = isPublic ? publicOrigin : `http://${host}`
  if (!URL.canParse(request.url ?? '/', origin)) throw new Refusal(400, 'BAD_REQUEST', 'This is no address.')
  // Resolved by hand: `//elsewhere` is a path here and would be a host to a URL parser.
  const url = `${origin}${request.url ?? '/'}`
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one)
  }
  const gone = new AbortController()
  response.once('close', () => {
    gone.abort()
  })
  const method = request.method ?? 'GET'
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(url, {
    method,
    headers,
    signal: gone.signal,
    ...(hasBody && { body: Readable.toWeb(request) as ReadableStream, duplex: 'half' }),
  })
}

async function send(answer: Response, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.statusCode = answer.status
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') response.setHeader(name, value)
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  if (!answer.body) {
    response.end()
    return
  }
  const body = Readable.fromWeb(answer.body)
  const isText = /^text\/|json|xml/.test(answer.headers.get('content-type') ?? '')
  const canGzip = /\bgzip\b/.test(header(request, 'accept-encoding') ?? '')
  try {
    if (!isText || !canGzip || answer.headers.has('content-encoding')) {
      await pipeline(body, response)
      return
    }
    response.removeHeader('content-length')
    response.setHeader('content-encoding', 'gzip')
    response.appendHeader('vary', 'accept-encoding')
    // Flushed at every write: a page is sent in parts, and the first of them is what people wait for.
    await pipeline(body, createGzip({ flush: constants.Z_SYNC_FLUSH }), response)
  } catch (error) {
    // Somebody left while the page was coming: nothing to tell, and nobody to tell it to.
    if (!response.destroyed || !request.destroyed) throw error
  }
}
