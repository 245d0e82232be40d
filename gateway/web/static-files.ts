import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { header } from '../http/caller.ts'

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
}

const compressible = /^text\/|javascript|json|svg|xml/
const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) } as const
type Encoding = keyof typeof compressors

interface StaticFile {
  bytes: Buffer
  etag: string
  mediaType: string
  isImmutable: boolean
  /** Made once, at the first request that accepts it. */
  encoded: Map<Encoding, Promise<Buffer>>
}

export interface StaticFiles {
  /** Answers when the path is one of the files; resolves to whether it did. */
  answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<boolean>
}

/**
 * Reads a folder once, at start: a build does not change under a running process, it is a few megabytes, and a path
 * that is not in the list cannot reach anything.
 */
export async function readStaticFiles(folder: string): Promise<StaticFiles> {
  const files = new Map<string, StaticFile>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const path = `/${relative(folder, file).split(sep).join('/')}`
    const bytes = await readFile(file)
    files.set(path, {
      bytes,
      etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`,
      mediaType: mediaTypes[extname(path)] ?? 'application/octet-stream',
      // Vite puts a hash of the content into these names.
      isImmutable: path.startsWith('/assets/'),
      encoded: new Map(),
    })
  }

  return {
    answer: async (path, request, response) => {
      const file = files.get(path)
      if (!file || (request.method !== 'GET' && request.method !== 'HEAD')) return false
      const maxAge = file.isImmutable ? 'public, max-age=31536000, immutable' : 'public, max-age=300'
      const headers = { etag: file.etag, 'cache-control': maxAge, vary: 'accept-encoding' }
      if (header(request, 'if-none-match') === file.etag) {
        response.writeHead(304, headers).end()
        return true
      }
      const encoding = chooseEncoding(file, header(request, 'accept-encoding') ?? '')
      const body = encoding ? await encode(file, encoding) : file.bytes
      response.writeHead(200, {
        ...headers,
        'content-type': file.mediaType,
        'content-length': body.length,
        ...(encoding && { 'content-encoding': encoding }),
      })
      response.end(request.method === 'HEAD' ? undefined : body)
      return true
    },
  }
}

function chooseEncoding(file: StaticFile, accepted: string): Encoding | null {
  if (file.bytes.length < 1_000 || !compressible.test(file.mediaType)) return null
  if (/\bbr\b/.test(accepted)) return 'br'
  return /\bgzip\b/.test(accepted) ? 'gzip' : null
}

function encode(file: StaticFile, encoding: Encoding): Promise<Buffer> {
  const known = file.encoded.get(encoding)
  if (known) return known
  const made = compressors[encoding](file.bytes)
  file.encoded.set(encoding, made)
  return made
}
