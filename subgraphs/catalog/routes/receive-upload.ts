import { Transform } from 'node:stream'
import { hasRole } from '#platform/auth/identity.ts'
import type { Blobs } from '#platform/blobs/blobs.ts'
import { badInput, forbidden, payloadTooLarge, unauthenticated } from '#platform/errors/errors.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { sendJson } from '#platform/server/http-server.ts'
import type { Route } from '#platform/server/subgraph.ts'
import type { CatalogDatabase } from '../data/catalog-database.ts'
import { isBinary } from '../domain/import/encoding.ts'

// What browsers and spreadsheets say a CSV is.
const types = new Set([
  'text/csv',
  'application/csv',
  'text/plain',
  'application/vnd.ms-excel',
  'application/octet-stream',
])

/**
 * `POST /uploads/imports`: a CSV file of at most `maxBytes`, streamed to the blobs; answers 201 with `{ uploadId }`. What is
 * plainly no text is refused at its first bytes; what is too long, as soon as it is; nothing of either is kept.
 */
export function receiveUpload(deps: { database: CatalogDatabase; blobs: Blobs; maxBytes: number }): Route {
  const { database, blobs, maxBytes } = deps
  return {
    method: 'POST',
    path: '/uploads/imports',
    signed: true,
    streaming: true,
    handle: async ({ identity, headers, stream }, response) => {
      if (!identity) throw unauthenticated()
      if (!hasRole(identity, 'MERCHANDISER', 'ADMIN')) throw forbidden()
      const [type = ''] = (headers['content-type'] ?? '').toLowerCase().split(';')
      if (!types.has(type.trim())) throw badInput('Send a CSV file as text/csv.')
      if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
      const id = uuidv7()
      const blobKey = `imports/${id}.csv`
      const checker = createChecker(maxBytes)
      // It may fail before the blobs begin to read it; who reads it is told then.
      checker.on('error', () => undefined)
      // A client that goes away must not leave half a file that looks whole.
      stream.once('error', (error) => checker.destroy(error))
      stream.once('close', () => {
        if (!stream.readableEnded) checker.destroy(badInput('The upload was cut off. Send the file again.'))
      })
      try {
        const { size, sha256 } = await blobs.put(blobKey, stream.pipe(checker), { contentType: 'text/csv' })
        await database.prisma.upload.create({
          data: { id, blobKey, size, sha256, uploadedBy: identity.userId },
        })
      } catch (error) {
        stream.unpipe(checker)
        // Read to its end and forgotten: a client sees the answer only after it has sent everything.
        stream.resume()
        await blobs.delete(blobKey)
        throw checker.errored ?? error
      }
      sendJson(response, 201, { uploadId: id })
    },
  }
}

function createChecker(maxBytes: number): Transform {
  let size = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (size === 0 && isBinary(chunk.subarray(0, 4_096))) {
        done(badInput('This is not a CSV file. Save the sheet as CSV and send that.'))
        return
      }
      size += chunk.length
      if (size > maxBytes) done(tooLarge(maxBytes))
      else done(null, chunk)
    },
    flush(done) {
      done(size === 0 ? badInput('The file is empty.') : null)
    },
  })
}

const tooLarge = (maxBytes: number) =>
  payloadTooLarge(`A file may have at most ${String(Math.floor(maxBytes / 1_000_000))} MB.`)
