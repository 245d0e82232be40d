// The wire protocol of S3 as far as the contract suite needs it, so that the real client of `s3-blobs.ts` is tested
// over a real connection: objects, parts, listing, errors as XML. It checks that requests are signed, not the signature.
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface StoredObject {
  body: Buffer
  contentType: string
}

export interface S3StandIn {
  url: string
  /** Uploads begun and neither completed nor aborted. */
  openUploads(): number
  /** The next requests of this method are answered with 503, as S3 does under load. */
  failNext(method: string, times: number): void
  close(): Promise<void>
}

const etagOf = (body: Buffer): string => `"${createHash('md5').update(body).digest('hex')}"`

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export async function startS3StandIn(): Promise<S3StandIn> {
  const objects = new Map<string, StoredObject>()
  const uploads = new Map<string, { contentType: string; parts: Map<number, Buffer> }>()
  const failures = new Map<string, number>()
  let uploadCount = 0

  const xml = (response: ServerResponse, status: number, text: string): void => {
    response.writeHead(status, { 'content-type': 'application/xml' })
    response.end(`<?xml version="1.0" encoding="UTF-8"?>${text}`)
  }
  const refuse = (response: ServerResponse, status: number, code: string): void => {
    xml(response, status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`)
  }

  function list(query: URLSearchParams, response: ServerResponse): void {
    const after = query.get('start-after') ?? ''
    const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after)
    const contents = keys
      .sort()
      .slice(0, Number(query.get('max-keys') ?? 1_000))
      .map((key) => {
        const size = objects.get(key)?.body.length ?? 0
        return `<Contents><Key>${key}</Key><Size>${String(size)}</Size></Contents>`
      })
    xml(response, 200, `<ListBucketResult>${contents.join('')}</ListBucketResult>`)
  }

  function uploadParts(
    method: string,
    key: string,
    query: URLSearchParams,
    type: string,
    body: Buffer,
    response: ServerResponse,
  ): void {
    if (query.has('uploads')) {
      uploadCount += 1
      const id = `upload-${String(uploadCount)}`
      uploads.set(id, { contentType: type, parts: new Map() })
      xml(
        response,
        200,
        `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      )
      return
    }
    const id = query.get('uploadId') ?? ''
    const upload = uploads.get(id)
    if (!upload) {
      refuse(response, 404, 'NoSuchUpload')
    } else if (method === 'PUT') {
      upload.parts.set(Number(query.get('partNumber')), body)
      response.writeHead(200, { etag: etagOf(body) }).end()
    } else if (method === 'DELETE') {
      uploads.delete(id)
      response.writeHead(204).end()
    } else {
      const numbers = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map((match) =>
        Number(match[1]),
      )
      const parts = numbers.map((number) => upload.parts.get(number))
      if (parts.some((part, index) => !part || (index < parts.length - 1 && part.length < 5 * 1024 * 1024))) {
        refuse(response, 400, 'EntityTooSmall')
        return
      }
      uploads.delete(id)
      const whole = Buffer.concat(parts.filter((part) => part !== undefined))
      objects.set(key, { body: whole, contentType: upload.contentType })
      xml(
        response,
        200,
        `<CompleteMultipartUploadResult><ETag>${etagOf(whole)}</ETag></CompleteMultipartUploadResult>`,
      )
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stand-in')
    const [, , ...rest] = url.pathname.split('/')
    const key = decodeURIComponent(rest.join('/'))
    const method = request.method ?? ''
    const body = await readBody(request)
    const toFail = failures.get(method) ?? 0
    if (
      !/^AWS4-HMAC-SHA256 Credential=.+SignedHeaders=.+Signature=/.test(request.headers.authorization ?? '')
    ) {
      refuse(response, 403, 'AccessDenied')
    } else if (toFail > 0) {
      failures.set(method, toFail - 1)
      refuse(response, 503, 'SlowDown')
    } else if (key === '') {
      list(url.searchParams, response)
    } else if (url.searchParams.has('uploads') || url.searchParams.has('uploadId')) {
      uploadParts(method, key, url.searchParams, request.headers['content-type'] ?? '', body, response)
    } else if (method === 'PUT') {
      objects.set(key, { body, contentType: request.headers['content-type'] ?? '' })
      response.writeHead(200, { etag: etagOf(body) }).end()
    } else if (method === 'DELETE') {
      objects.delete(key)
      response.writeHead(204).end()
    } else {
      const found = objects.get(key)
      if (!found) {
        refuse(response, 404, 'NoSuchKey')
        return
      }
      response.writeHead(200, {
        'content-type': found.contentType,
        'content-length': found.body.length,
        etag: etagOf(found.body),
      })
      response.end(method === 'HEAD' ? undefined : found.body)
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    openUploads: () => uploads.size,
    failNext: (method, times) => void failures.set(method, times),
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done()
        })
        server.closeAllConnections()
      }),
  }
}
