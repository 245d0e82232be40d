import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { bodyOf, type CacheEntry, encodeEntry, type Encoding, type Representation } from './cache-entry.ts'
import type { MemoryTier } from './memory-tier.ts'

const compressWithBrotli = promisify(brotliCompress)
const compressWithGzip = promisify(gzip)

/** Below this a compressed answer is hardly smaller: both fit into one packet. */
const SMALLEST_BYTES = 1_024

/** The thread pool has four threads, and file reads and password hashes wait for them too. */
const MOST_AT_ONCE = 2

// Of Brotli's eleven levels the last before the time grows faster than the gain: 2 kB take 0.1 ms, 90 kB 2 ms.
const BROTLI_LEVEL = 5

/** Gives an entry in the encoding asked for, if it is there; else the plain one, and makes the other for the next time. */
export function createCompressor(memory: Pick<MemoryTier, 'recount'>) {
  let underWay = 0

  async function compress(entry: CacheEntry, encoding: 'gzip' | 'br'): Promise<void> {
    const body = bodyOf(entry.identity)
    const small =
      encoding === 'br'
        ? await compressWithBrotli(body, {
            params: {
              [constants.BROTLI_PARAM_QUALITY]: BROTLI_LEVEL,
              [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
            },
          })
        : await compressWithGzip(body)
    entry[encoding] = small.length < body.length ? encodeEntry(entry, encoding, small) : entry.identity
    memory.recount(entry)
  }

  return (entry: CacheEntry, encoding: Encoding): Representation => {
    if (encoding === 'identity') return entry.identity
    const made = entry[encoding]
    if (made !== null) return made
    const isWorthIt = entry.identity.bytes >= SMALLEST_BYTES && underWay < MOST_AT_ONCE
    if (isWorthIt && !entry.isCompressing) {
      entry.isCompressing = true
      underWay += 1
      // Out of memory is all that can go wrong here, and then the plain answer is as good.
      void compress(entry, encoding)
        .catch(() => undefined)
        .finally(() => {
          entry.isCompressing = false
          underWay -= 1
        })
    }
    return entry.identity
  }
}
