// Reads HTTP/1.1 answers off one connection. Strict where another reader might see another end of the answer: after
// any doubt the connection is not used again. No I/O.
import { ChunkReader } from './chunk-reader.ts'
import { BadAnswer } from './bad-answer.ts'
import { GrowingBytes } from './growing-bytes.ts'

export interface WireAnswer {
  status: number
  text: string
  /** No other request may be sent on this connection. */
  isLast: boolean
}

/** Of all heads of one answer, those of `1xx` included. */
const headBytes = 16_384

const headEnd = Buffer.from('\r\n\r\n')
const headBegin = Buffer.from('HTTP/1.')

/** A line that ends otherwise than the others, or what no line may hold (RFC 9112 §2.2, RFC 9110 §5.5). */
// eslint-disable-next-line no-control-regex -- these are what it is about
const misplaced = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r[^\n]|[^\r]\n/

/** How the end of a body is told. */
type Framing = 'length' | 'chunks' | 'close'

/** One per connection: `begin`, then `take` what comes until there is an answer, and again. */
export class AnswerParser {
  /** Whether anything of the answer has come. */
  hasBegun = false
  /** Of the answer under way; 0 before its head is whole. */
  status = 0
  /** When the server said it closes an idle connection: in milliseconds after an answer, or never. */
  idleMs = Infinity
  readonly #maxBytes: number
  readonly #body: GrowingBytes
  readonly #chunks: ChunkReader
  /** The beginning of a head whose end has not come yet. */
  #head: Buffer | null = null
  #headLength = 0
  #headBudget = headBytes
  #framing: Framing = 'length'
  #length = 0
  #isLast = false

  /** A body longer than `maxBytes` throws {@link AnswerTooLong}. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
    this.#body = new GrowingBytes(maxBytes)
    this.#chunks = new ChunkReader(this.#body)
  }

  /** A request is about to be sent. */
  begin(): void {
    this.hasBegun = false
    this.status = 0
    this.#headBudget = headBytes
    this.#isLast = false
  }

  /**
   * The answer, once it is whole. Keeps no reference to `piece`. Throws for what is none; the connection is then of no
   * use. What comes behind an answer makes it the last.
   */
  take(piece: Buffer): WireAnswer | null {
    this.hasBegun = true
    let at = 0
    while (this.status === 0) {
      at = this.#takeHead(piece, at)
      if (at === -1) return null
    }
    return this.#takeBody(piece, at)
  }

  /** The other side has closed: the answer, when that is how its end is told. */
  end(): WireAnswer | null {
    return this.status !== 0 && this.#framing === 'close' ? this.#finish(this.#body.takeText()) : null
  }

  /** Returns where the rest begins, or -1 when the head is not whole. A `1xx` head leaves the status 0. */
  #takeHead(piece: Buffer, from: number): number {
    if (this.#head === null) {
      const end = piece.indexOf(headEnd, from)
      if (end !== -1) {
        this.#readHead(piece, from, end + headEnd.length)
        return end + headEnd.length
      }
      this.#head = Buffer.allocUnsafeSlow(this.#headBudget)
      this.#headLength = 0
    }
    const head = this.#head
    const before = this.#headLength
    const copied = piece.copy(head, before, from)
    this.#headLength += copied
    const end = head.subarray(0, this.#headLength).indexOf(headEnd, Math.max(0, before - headEnd.length + 1))
    if (end === -1) {
      const begun = Math.min(this.#headLength, headBegin.length)
      if (head.compare(headBegin, 0, begun, 0, begun) !== 0) throw new BadAnswer('it begins otherwise')
      if (this.#headLength === head.length) throw new BadAnswer('its head is too long')
      return -1
    }
    this.#head = null
    this.#readHead(head, 0, end + headEnd.length)
    return from + end + headEnd.length - before
  }

  #readHead(bytes: Buffer, from: number, to: number): void {
    this.#headBudget -= to - from
    if (this.#headBudget <= 0) throw new BadAnswer('its head is too long')
    // Without the empty line at its end.
    const head = bytes.toString('latin1', from, to - 2)
    if (misplaced.test(head)) throw new BadAnswer('a control character')
    const begin = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [^\r\n]*)?\r\n/.exec(head)
    if (begin === null) throw new BadAnswer('it begins otherwise')
    const status = Number(begin[2])
    const isOld = begin[1] === '0'
    let length = -1
    let isChunked = false
    let isClosing = isOld
    for (let at = begin[0].length; at < head.length;) {
      const end = head.indexOf('\r\n', at)
      const colon = head.indexOf(':', at)
      if (colon <= at || colon > end || !isNameAt(head, at, colon)) throw new BadAnswer('a broken header')
      // Only what is spoken of here is looked at: most headers are told apart by their length.
      const nameLength = colon - at
      if (nameLength === 10 || nameLength === 14 || nameLength === 17) {
        const value = head.slice(colon + 1, end)
        switch (head.slice(at, colon).toLowerCase()) {
          case 'content-length': {
            const given = lengthOf(value)
            if (length !== -1 && given !== length) throw new BadAnswer('two lengths')
            length = given
            break
          }
          case 'transfer-encoding':
            if (isChunked || !/^[ \t]*chunked[ \t]*$/i.test(value)) throw new BadAnswer('an unknown encoding')
            isChunked = true
            break
          case 'connection':
            isClosing ||= /(?:^|,)[ \t]*close[ \t]*(?:,|$)/i.test(value)
            break
          case 'keep-alive':
            this.idleMs = idleMsOf(value)
        }
      }
      at = end + 2
    }
    if (isChunked && (length !== -1 || isOld)) throw new BadAnswer('two framings')
    if (status < 200) {
      // A connection that speaks something else from here on was not asked for.
      if (status === 101) throw new BadAnswer('it switches protocols')
      return
    }
    this.#frame(status, isChunked, length)
    this.#isLast = isClosing || this.#framing === 'close'
    this.status = status
  }

  #frame(status: number, isChunked: boolean, length: number): void {
    if (status === 204 || status === 304) {
      this.#framing = 'length'
      this.#length = 0
    } else if (isChunked) {
      this.#framing = 'chunks'
      this.#chunks.begin()
    } else if (length === -1) {
      this.#framing = 'close'
    } else {
      this.#framing = 'length'
      this.#length = length
      if (length > this.#maxBytes) {
        this.status = status
        this.#body.refuse()
      }
    }
  }

  #takeBody(piece: Buffer, from: number): WireAnswer | null {
    if (this.#framing === 'close') {
      this.#body.push(piece, from, piece.length)
      return null
    }
    if (this.#framing === 'chunks') {
      const end = this.#chunks.take(piece, from)
      if (end === -1) return null
      this.#isLast ||= end < piece.length
      return this.#finish(this.#body.takeText())
    }
    const missing = this.#length - this.#body.length
    const end = from + missing
    if (end > piece.length) {
      if (from < piece.length) {
        this.#body.expect(this.#length)
        this.#body.push(piece, from, piece.length)
      }
      return null
    }
    this.#isLast ||= end < piece.length
    // In one piece, as nearly all are: nothing is copied.
    if (this.#body.length === 0) return this.#finish(piece.toString('utf8', from, end))
    this.#body.push(piece, from, end)
    return this.#finish(this.#body.takeText())
  }

  #finish(text: string): WireAnswer {
    return { status: this.status, text, isLast: this.#isLast }
  }
}

/** Whether it can be a header's name at all. A blank hides one from some readers, or continues the line before. */
function isNameAt(head: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const code = head.charCodeAt(at)
    if (code <= 0x20 || code >= 0x7f) return false
  }
  return true
}

function lengthOf(value: string): number {
  const digits = /^[ \t]*(\d{1,15})[ \t]*$/.exec(value)?.[1]
  if (digits === undefined) throw new BadAnswer('a broken length')
  return Number(digits)
}

function idleMsOf(value: string): number {
  const seconds = /(?:^|[ \t,;])timeout=(\d{1,6})/i.exec(value)?.[1]
  return seconds === undefined ? Infinity : Number(seconds) * 1_000
}
