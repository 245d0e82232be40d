import { hash } from 'node:crypto'
import { surrogateKeyOf } from './tags.ts'

/**
 * How long an edge in front may hold what we send (`s-maxage=1`): an answer is not served in the last second of its
 * life, so that nobody behind an edge sees it older than its bound either.
 */
const EDGE_MS = 1_000

/** The clock of the raw answer ticks twice a second, so it may be this much behind. */
export const COARSE_TICK_MS = 500

/** Up to here Node writes head and body in one piece when the body is a string; beyond, copying costs more than it saves. */
const STRING_BYTES = 16_384

export type Encoding = 'identity' | 'gzip' | 'br'

/** One encoding of an answer, ready to be written. Nobody may change what is in it. */
export interface Representation {
  /** A string holds one byte per character (latin1). */
  readonly payload: string | Buffer
  readonly bytes: number
  /** Strong, with its quotes; each encoding has its own. */
  readonly etag: string
  /** Name, value, name, value …: for status 200, and for 304. */
  readonly headers: string[]
  readonly notModifiedHeaders: string[]
}

/** An answer somebody may be given again, with its times on this process's clock. */
export interface CacheEntry {
  /** The canonical address, `/graphql/<hash>?variables=…`. */
  readonly key: string
  readonly tags: readonly string[]
  /** Before the origin was asked. */
  readonly bornAtMs: number
  readonly maxAgeMs: number
  readonly freshUntilMs: number
  /** From here on it is not served any more. */
  readonly staleUntilMs: number
  readonly identity: Representation
  readonly baseHeaders: readonly string[]
  /** Made when somebody first asks for them; equal to `identity` when compressing gained nothing. */
  gzip: Representation | null
  br: Representation | null
  isCompressing: boolean
  /** For eviction: a hit sets it. */
  wasUsed: boolean
  /** What the memory tier has counted for it; 0 when it does not hold it. */
  heldBytes: number
}

interface NewEntry {
  key: string
  tags: readonly string[]
  bornAtMs: number
  maxAgeMs: number
  body: Buffer
  /** When it is known already; else it is computed. */
  etag?: string
  /** Headers for every answer of the house, name, value, name, value … */
  baseHeaders: readonly string[]
}

/**
 * Makes an entry. Fresh for half of `maxAgeMs`, then stale but served while it is refreshed, never served in the last
 * second. A bound under three seconds leaves no room for that: such an entry is never fresh in memory.
 */
export function createEntry(from: NewEntry): CacheEntry {
  const { key, tags, bornAtMs, maxAgeMs, body, baseHeaders } = from
  const etag = from.etag ?? hashOfBody(body)
  const shared = [...baseHeaders, 'surrogate-key', surrogateKeyOf(tags)]
  return {
    key,
    tags,
    bornAtMs,
    maxAgeMs,
    freshUntilMs: bornAtMs + Math.min(maxAgeMs / 2, maxAgeMs - EDGE_MS - COARSE_TICK_MS),
    staleUntilMs: bornAtMs + maxAgeMs - EDGE_MS,
    identity: toRepresentation(body, etag, 'identity', shared),
    baseHeaders: shared,
    gzip: null,
    br: null,
    isCompressing: false,
    wasUsed: false,
    heldBytes: 0,
  }
}

/** The part of the ETag that all encodings share; 96 bits. */
export function hashOfBody(body: Buffer): string {
  return hash('sha1', body, 'base64url').slice(0, 16)
}

/** The ETag without quotes and encoding. */
export function bareEtag(entry: CacheEntry): string {
  return entry.identity.etag.slice(1, -1)
}

/** The same answer in another encoding. */
export function encodeEntry(entry: CacheEntry, encoding: 'gzip' | 'br', body: Buffer): Representation {
  return toRepresentation(body, bareEtag(entry), encoding, entry.baseHeaders)
}

/** The body as bytes. */
export function bodyOf({ payload }: Representation): Buffer {
  return typeof payload === 'string' ? Buffer.from(payload, 'latin1') : payload
}

/** What an entry holds, in bytes: its strings, bodies and headers, and what V8 adds to them. */
export function sizeOf(entry: CacheEntry): number {
  let bytes = ENTRY_BYTES + entry.key.length
  for (const tag of entry.tags) bytes += tag.length + TAG_BYTES
  bytes += sizeOfRepresentation(entry.identity)
  if (entry.gzip && entry.gzip !== entry.identity) bytes += sizeOfRepresentation(entry.gzip)
  if (entry.br && entry.br !== entry.identity) bytes += sizeOfRepresentation(entry.br)
  return bytes
}

// Measured: within 10 % of what the heap grows by, from 100 B without tags to 20 kB, and with 60 tags.
const ENTRY_BYTES = 1_100
const TAG_BYTES = 120
const REPRESENTATION_BYTES = 500

function sizeOfRepresentation({ bytes }: Representation): number {
  return bytes + REPRESENTATION_BYTES
}

function toRepresentation(
  body: Buffer,
  etag: string,
  encoding: Encoding,
  baseHeaders: readonly string[],
): Representation {
  const quoted = encoding === 'identity' ? `"${etag}"` : `"${etag}-${encoding}"`
  const both = [
    'etag',
    quoted,
    'vary',
    'accept-encoding',
    // Browsers ask again each time (a 304 costs nothing); an edge may answer for one second, and not beyond it.
    'cache-control',
    'public, max-age=0, s-maxage=1, must-revalidate',
  ]
  return {
    payload: body.length <= STRING_BYTES ? body.toString('latin1') : ownMemory(body),
    bytes: body.length,
    etag: quoted,
    headers: [
      'content-type',
      'application/json; charset=utf-8',
      'content-length',
      String(body.length),
      ...(encoding === 'identity' ? [] : ['content-encoding', encoding]),
      ...both,
      ...baseHeaders,
    ],
    // Who has the answer has its other headers, and keeps them (RFC 9110 §15.4.5).
    notModifiedHeaders: both,
  }
}

/** A slice keeps the whole buffer alive that it was cut from: an answer of Redis, or a pool of Node's. */
function ownMemory(body: Buffer): Buffer {
  if (body.buffer.byteLength === body.length) return body
  const own = Buffer.allocUnsafeSlow(body.length)
  body.copy(own)
  return own
}
