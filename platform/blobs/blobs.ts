import type { Readable } from 'node:stream'
import { badInput } from '../errors/errors.ts'

export interface BlobHead {
  size: number
  contentType: string
}

/**
 * Files kept whole under a key: images, uploads, documents. A blob appears complete or not at all, also when the
 * writer dies; the last write of a key wins. Keys are made by us, of ids and fixed words, never of a user's file name.
 * Every operation throws BAD_USER_INPUT for a key that breaks `assertBlobKey`.
 */
export interface Blobs {
  /** Resolves when the blob is stored for good. A stream that fails rejects and stores nothing. */
  put(
    key: string,
    body: Buffer | Readable,
    options: { contentType: string },
  ): Promise<{ size: number; sha256: string }>
  /** The caller reads or destroys `body`. */
  get(key: string): Promise<(BlobHead & { body: Readable }) | null>
  head(key: string): Promise<BlobHead | null>
  /** A key that is not there is no error. */
  delete(key: string): Promise<void>
  /** Keys that begin with the prefix, in order, at most `limit` (1 to 1000); go on with `after: <the last key>`. */
  list(prefix: string, options: { limit: number; after?: string }): Promise<{ key: string; size: number }[]>
}

// Lower case only, since a folder on macOS or Windows does not tell `A` from `a`.
const SEGMENT = /^[a-z0-9_-][a-z0-9._-]{0,127}$/
const MAX_KEY = 512
export const MAX_LIST = 1_000

/** Throws BAD_USER_INPUT unless the key is lower-case words of `a-z 0-9 . _ -` divided by `/`, none beginning with a point. */
export function assertBlobKey(key: string): void {
  if (
    key.length > MAX_KEY ||
    !key.split('/').every((segment) => SEGMENT.test(segment) && !segment.endsWith('.'))
  ) {
    throw badInput('This is not a valid file key.')
  }
}

/** As `assertBlobKey` for the beginning of a key: empty, or ending anywhere within a word or after a `/`. */
export function assertBlobPrefix(prefix: string): void {
  if (prefix === '') return
  assertBlobKey(`${prefix}x`)
}

/** Throws RangeError unless the limit is an integer from 1 to 1000. */
export function assertListLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIST) {
    throw new RangeError(`limit must be an integer from 1 to ${String(MAX_LIST)}`)
  }
}
