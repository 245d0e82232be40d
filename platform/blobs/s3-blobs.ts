import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { assertBlobKey, assertBlobPrefix, assertListLimit, type Blobs } from './blobs.ts'

// S3 wants at least 5 MiB per part and at most 10,000 parts: 8 MiB carries a blob of 80 GB.
const PART_BYTES = 8 * 1024 * 1024

interface S3Options {
  bucket: string
  region: string
  /** For a store that is not Amazon's: MinIO, R2, Ceph. */
  endpoint?: string
  /** Without them the SDK looks where it always does: environment, profile, instance role. */
  credentials?: { accessKeyId: string; secretAccessKey: string }
}

function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404
}

async function* inParts(body: Readable): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body as AsyncIterable<Buffer | string>) {
    const bytes = Buffer.from(chunk as Buffer)
    chunks.push(bytes)
    length += bytes.length
    while (length >= PART_BYTES) {
      const whole = Buffer.concat(chunks)
      yield whole.subarray(0, PART_BYTES)
      chunks = [whole.subarray(PART_BYTES)]
      length -= PART_BYTES
    }
  }
  yield Buffer.concat(chunks)
}

/** Blobs in a bucket of S3 or a store that speaks its protocol. The bucket exists already. Holds at most 8 MiB per write. */
export function createS3Blobs(options: S3Options): Blobs & { close(): void } {
  const { bucket: Bucket, endpoint, region, credentials } = options
  const s3 = new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: 4,
    // The newer checksums by default are refused by older stores.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 30_000 },
  })

  async function putWhole(Key: string, body: Buffer, ContentType: string): Promise<void> {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: body, ContentType, ContentLength: body.length }))
  }

  async function putInParts(
    Key: string,
    first: Buffer,
    rest: AsyncIterator<Buffer>,
    ContentType: string,
    onPart: (part: Buffer) => void,
  ): Promise<void> {
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ContentType }))
    const Parts: { ETag: string | undefined; PartNumber: number }[] = []
    try {
      let part = first
      for (let PartNumber = 1; part.length > 0; PartNumber += 1) {
        const { ETag } = await s3.send(
          new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body: part }),
        )
        Parts.push({ ETag, PartNumber })
        const next = await rest.next()
        part = next.done === true ? Buffer.alloc(0) : next.value
        onPart(part)
      }
      await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }))
    } catch (error) {
      // Parts of an upload that was never finished are paid for until the bucket's own rule clears them away.
      await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(() => undefined)
      throw error
    }
  }

  return {
    put: async (key, body, { contentType }) => {
      assertBlobKey(key)
      const hash = createHash('sha256')
      let size = 0
      const count = (part: Buffer): void => {
        hash.update(part)
        size += part.length
      }
      if (Buffer.isBuffer(body)) {
        count(body)
        await putWhole(key, body, contentType)
      } else {
        const parts = inParts(body)
        const { value: first } = (await parts.next()) as IteratorYieldResult<Buffer>
        count(first)
        if (first.length < PART_BYTES) await putWhole(key, first, contentType)
        else await putInParts(key, first, parts, contentType, count)
      }
      return { size, sha256: hash.digest('hex') }
    },
    get: async (key) => {
      assertBlobKey(key)
      try {
        const found = await s3.send(new GetObjectCommand({ Bucket, Key: key }))
        const body = found.Body instanceof Readable ? found.Body : Readable.from([])
        return {
          body,
          size: found.ContentLength ?? 0,
          contentType: found.ContentType ?? 'application/octet-stream',
        }
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
    head: async (key) => {
      assertBlobKey(key)
      try {
        const found = await s3.send(new HeadObjectCommand({ Bucket, Key: key }))
        return {
          size: found.ContentLength ?? 0,
          contentType: found.ContentType ?? 'application/octet-stream',
        }
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
    delete: async (key) => {
      assertBlobKey(key)
      await s3.send(new DeleteObjectCommand({ Bucket, Key: key }))
    },
    list: async (prefix, { limit, after }) => {
      assertBlobPrefix(prefix)
      assertListLimit(limit)
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket, Prefix: prefix, MaxKeys: limit, StartAfter: after }),
      )
      return (page.Contents ?? []).map(({ Key = '', Size = 0 }) => ({ key: Key, size: Size }))
    },
    close: () => {
      s3.destroy()
    },
  }
}
