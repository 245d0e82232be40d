// `transfer-encoding: chunked`, as RFC 9112 §7.1 writes it and no wider.
import type { GrowingBytes } from './growing-bytes.ts'
import { BadAnswer } from './bad-answer.ts'

/** Of extensions and trailers, which nobody here reads, in one answer. */
const ignoredBytes = 16_384
/** 7 digits are 268 MB: more than anybody may hold, and far from where numbers become inexact. */
const sizeDigits = 7

const cr = 0x0d
const lf = 0x0a

type Stage =
  | 'size'
  | 'extension'
  | 'size-lf'
  | 'data'
  | 'data-cr'
  | 'data-lf'
  | 'trailers'
  | 'trailer'
  | 'trailer-lf'
  | 'end-lf'

/** Takes the framing off, in whatever pieces it comes. */
export class ChunkReader {
  readonly #body: GrowingBytes
  #stage: Stage = 'size'
  #size = 0
  #digits = 0
  #ignored = 0

  constructor(body: GrowingBytes) {
    this.#body = body
  }

  begin(): void {
    this.#stage = 'size'
    this.#size = 0
    this.#digits = 0
    this.#ignored = 0
  }

  /** Where what follows the body begins in `piece`, or -1 when the body is not whole. */
  take(piece: Buffer, from: number): number {
    let at = from
    while (at < piece.length) {
      if (this.#stage === 'data') {
        const end = Math.min(piece.length, at + this.#size)
        this.#body.push(piece, at, end)
        this.#size -= end - at
        at = end
        if (this.#size === 0) this.#stage = 'data-cr'
      } else {
        const wasLast = this.#stage === 'end-lf'
        this.#stage = this.#next(piece[at] ?? 0)
        at += 1
        if (wasLast) return at
      }
    }
    return -1
  }

  #next(byte: number): Stage {
    switch (this.#stage) {
      case 'size':
        return this.#takeDigit(byte)
      case 'extension':
        if (byte === cr) return 'size-lf'
        return this.#ignore(byte, 'extension')
      case 'size-lf':
        expectByte(byte, lf)
        return this.#size === 0 ? 'trailers' : 'data'
      case 'data':
      case 'data-cr':
        expectByte(byte, cr)
        return 'data-lf'
      case 'data-lf':
        expectByte(byte, lf)
        this.#digits = 0
        return 'size'
      case 'trailers':
        return byte === cr ? 'end-lf' : this.#ignore(byte, 'trailer')
      case 'trailer':
        return byte === cr ? 'trailer-lf' : this.#ignore(byte, 'trailer')
      case 'trailer-lf':
        expectByte(byte, lf)
        return 'trailers'
      case 'end-lf':
        expectByte(byte, lf)
        return 'end-lf'
    }
  }

  #takeDigit(byte: number): Stage {
    const digit = valueOf(byte)
    if (digit !== -1) {
      this.#digits += 1
      if (this.#digits > sizeDigits) throw new BadAnswer('a chunk is too long')
      this.#size = this.#size * 16 + digit
      return 'size'
    }
    if (this.#digits === 0) throw new BadAnswer('a chunk without a size')
    if (byte === cr) return 'size-lf'
    if (byte !== 0x3b) throw new BadAnswer('a broken size of a chunk')
    return this.#ignore(byte, 'extension')
  }

  #ignore(byte: number, stage: Stage): Stage {
    this.#ignored += 1
    if (this.#ignored > ignoredBytes) throw new BadAnswer('too much between its chunks')
    if (byte === lf) throw new BadAnswer('a line ends otherwise')
    return stage
  }
}

function valueOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

function expectByte(byte: number, expected: number): void {
  if (byte !== expected) throw new BadAnswer('a broken chunk')
}
