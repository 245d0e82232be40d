import { buffer } from 'node:stream/consumers'
import type { ServerResponse } from 'node:http'
import type { Blobs } from '#platform/blobs/blobs.ts'
import type { Route } from '#platform/server/subgraph.ts'

const address = /^\/media\/([0-9a-f]{32})\/([1-9]\d{0,3}\.(?:webp|avif|jpg))$/

/** `GET /media/<fingerprint>/<width>.<extension>`: a ready-made size. Its address never changes its bytes. */
export function serveMedia(blobs: Blobs): Route {
  return {
    method: 'GET',
    path: '/media/',
    signed: true,
    handle: async ({ path, headers }, response) => {
      const [, fingerprint, file] = address.exec(path) ?? []
      if (fingerprint === undefined || file === undefined) {
        refuse(response, 404)
        return
      }
      const etag = `"${fingerprint}-${file}"`
      const caching = {
        etag,
        'cache-control': 'public, max-age=31536000, immutable',
        'accept-ranges': 'bytes',
      }
      const blob = await blobs.get(`media/${fingerprint}/${file}`)
      if (!blob) {
        refuse(response, 404)
        return
      }
      if (matches(headers['if-none-match'], etag)) {
        blob.body.destroy()
        response.writeHead(304, caching).end()
        return
      }
      // Derivatives are some hundred kilobytes: whole in memory, so that any range is a slice.
      const bytes = await buffer(blob.body)
      const range =
        headers['if-range'] === undefined || headers['if-range'] === etag ? headers.range : undefined
      send(response, bytes, range, {
        ...caching,
        'content-type': blob.contentType,
        'x-content-type-options': 'nosniff',
      })
    },
  }
}

function send(
  response: ServerResponse,
  bytes: Buffer,
  range: string | undefined,
  headers: Record<string, string>,
): void {
  const wanted = readRange(range, bytes.length)
  if (wanted === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${String(bytes.length)}` }).end()
    return
  }
  const part = wanted ? bytes.subarray(wanted.start, wanted.end + 1) : bytes
  response.writeHead(wanted ? 206 : 200, {
    ...headers,
    'content-length': part.length,
    ...(wanted && {
      'content-range': `bytes ${String(wanted.start)}-${String(wanted.end)}/${String(bytes.length)}`,
    }),
  })
  response.end(part)
}

/** One range; null for none, for several and for what is no range: the whole is always a right answer (RFC 9110). */
function readRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (from === undefined || to === undefined || (from === '' && to === '')) return null
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (from !== '' && to !== '' && Number(to) < Number(from)) return null
  return start >= size || start > end ? 'unsatisfiable' : { start, end }
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((candidate) => ['*', etag, `W/${etag}`].includes(candidate.trim()))
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
  response.end('There is no such picture.\n')
}
