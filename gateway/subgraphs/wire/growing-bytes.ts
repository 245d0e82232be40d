/** The answer is longer than anybody here may hold. */
export class AnswerTooLong extends Error {
  constructor(maxBytes: number) {
    super(`The answer is longer than ${String(maxBytes)} bytes`)
    this.name = 'AnswerTooLong'
  }
}

const nothing = Buffer.alloc(0)

/** Copies pieces behind one another, `maxBytes` at most: beyond it throws {@link AnswerTooLong} before it copies. */
export class GrowingBytes {
  length = 0
  readonly #maxBytes: number
  #bytes = nothing

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** Makes room for as many bytes in all. */
  expect(bytes: number): void {
    if (bytes <= this.#bytes.length) return
    if (bytes > this.#maxBytes) this.refuse()
    const roomier = Buffer.allocUnsafeSlow(bytes)
    this.#bytes.copy(roomier, 0, 0, this.length)
    this.#bytes = roomier
  }

  push(piece: Buffer, from: number, to: number): void {
    const needed = this.length + to - from
    if (needed > this.#maxBytes) this.refuse()
    if (needed > this.#bytes.length) {
      this.expect(Math.min(this.#maxBytes, Math.max(needed, 2 * this.#bytes.length, 4_096)))
    }
    piece.copy(this.#bytes, this.length, from, to)
    this.length = needed
  }

  /** All of it as text in UTF-8; nothing is left. */
  takeText(): string {
    const text = this.#bytes.toString('utf8', 0, this.length)
    this.length = 0
    this.#bytes = nothing
    return text
  }

  refuse(): never {
    throw new AnswerTooLong(this.#maxBytes)
  }
}
