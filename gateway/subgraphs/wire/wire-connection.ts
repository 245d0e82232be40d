import { connect, type Socket } from 'node:net'
import { AnswerParser, type WireAnswer } from './answer-parser.ts'
import type { WireReceiver } from './subgraph-wire.ts'

export interface ConnectionOwner {
  /** Once: it can be asked. */
  onConnected: (connection: WireConnection) => void
  /** It has answered, and can be asked again. */
  onFree: (connection: WireConnection) => void
  /** It never came to be. */
  onUnreachable: (connection: WireConnection, error: Error) => void
  /** It had been there, and is no more. */
  onGone: (connection: WireConnection) => void
}

/** Most answers come in one piece of this size or less. */
const readBytes = 65_536

/** A keep-alive connection: a request, its answer, the next request. Whatever is odd closes it. */
export class WireConnection {
  /** By `performance.now()`: not to be asked later than this. */
  idleUntil = Infinity
  readonly #owner: ConnectionOwner
  readonly #socket: Socket
  readonly #parser: AnswerParser
  readonly #idleMs: number
  readonly #connectTimer: NodeJS.Timeout
  #state: 'connecting' | 'free' | 'asked' | 'closed' = 'connecting'
  #receiver: WireReceiver | null = null
  #askedAt = 0

  constructor(
    options: { host: string; port: number; connectTimeoutMs: number; maxBytes: number; idleMs: number },
    owner: ConnectionOwner,
  ) {
    this.#owner = owner
    this.#idleMs = options.idleMs
    this.#parser = new AnswerParser(options.maxBytes)
    const { host, port, connectTimeoutMs } = options
    this.#socket = connect({
      ...{ host, port, noDelay: true },
      // Read into one buffer again and again: no stream, no allocation per piece.
      onread: {
        buffer: Buffer.allocUnsafeSlow(readBytes),
        callback: (length, buffer) => {
          this.#take(Buffer.from(buffer.buffer, buffer.byteOffset, length))
          return true
        },
      },
    })
    // Who waits for an answer keeps the process, and has a deadline; to do so here would be two calls per request.
    this.#socket.unref()
    this.#socket.once('connect', () => {
      this.#connected()
    })
    this.#socket.once('end', () => {
      this.#ended()
    })
    this.#socket.once('close', () => {
      this.close(new Error('The connection was closed'))
    })
    this.#socket.on('error', (error) => {
      this.close(error)
    })
    this.#connectTimer = setTimeout(() => {
      this.close(new Error(`No connection within ${String(connectTimeoutMs)} ms`))
    }, connectTimeoutMs)
  }

  /** Sends a request; `head` is whole but for the length of the body. Only when it is free. */
  ask(head: string, body: string, receiver: WireReceiver): void {
    this.#state = 'asked'
    this.#receiver = receiver
    this.#askedAt = performance.now()
    this.#parser.begin()
    const socket = this.#socket
    const bytes = Buffer.byteLength(body)
    const text = `${head}content-length: ${String(bytes)}\r\n\r\n`
    // One write, and no bytes of our own, as long as a character of the body is a byte. Headers are never UTF-8.
    if (bytes === body.length) {
      socket.write(text + body, 'latin1')
      return
    }
    const whole = Buffer.allocUnsafe(text.length + bytes)
    whole.write(text, 'latin1')
    whole.write(body, text.length, 'utf8')
    socket.write(whole)
  }

  /** Closes it, if it is this receiver's request that is under way on it. */
  abandon(receiver: WireReceiver): void {
    if (this.#receiver !== receiver) return
    this.#receiver = null
    this.close()
  }

  /** Ends at once; a request under way fails with `error`. */
  close(error = new Error('The connection was closed')): void {
    const state = this.#state
    if (state === 'closed') return
    this.#state = 'closed'
    clearTimeout(this.#connectTimer)
    this.#socket.destroy()
    const receiver = this.#receiver
    this.#receiver = null
    if (state === 'connecting') {
      this.#owner.onUnreachable(this, error)
      return
    }
    this.#owner.onGone(this)
    receiver?.onFailed({ error, status: this.#parser.status, isLost: !this.#parser.hasBegun })
  }

  /** Closes it when it was idle, or waited for, for too long. */
  endIfLate(now: number, answerTimeoutMs: number): void {
    if (this.#state === 'free' && now >= this.idleUntil) this.close()
    if (this.#state !== 'asked' || now - this.#askedAt < answerTimeoutMs) return
    this.#fail(new Error(`No answer within ${String(answerTimeoutMs)} ms`))
  }

  #connected(): void {
    if (this.#state !== 'connecting') return
    clearTimeout(this.#connectTimer)
    this.#becomeFree()
    this.#owner.onConnected(this)
  }

  #becomeFree(): void {
    this.#state = 'free'
    // A server that closes after 5 s is not asked in the last of them: a request and the end would cross.
    this.idleUntil = performance.now() + Math.min(this.#idleMs, Math.max(0, this.#parser.idleMs - 1_000))
  }

  #take(piece: Buffer): void {
    if (this.#state === 'closed') return
    if (this.#state !== 'asked') {
      this.close()
      return
    }
    let answer: WireAnswer | null
    try {
      answer = this.#parser.take(piece)
    } catch (error) {
      this.#fail(error)
      return
    }
    if (answer !== null) this.#answer(answer)
  }

  #answer(answer: WireAnswer): void {
    const receiver = this.#receiver
    this.#receiver = null
    // Whoever waits for the connection does not wait for the answer to be read. The rest of a request that was answered
    // before it was written would be read as the beginning of the next.
    if (answer.isLast || this.#socket.writableLength > 0) {
      this.close()
    } else {
      this.#becomeFree()
      this.#owner.onFree(this)
    }
    receiver?.onAnswer(answer.status, answer.text)
  }

  #ended(): void {
    const answer = this.#state === 'asked' ? this.#parser.end() : null
    if (answer !== null) this.#answer(answer)
    else this.close(new Error('The connection was closed by the other side'))
  }

  /** What came was no answer, or is too late: nothing is lost that could be had by asking again. */
  #fail(error: unknown): void {
    const receiver = this.#receiver
    this.#receiver = null
    const { status } = this.#parser
    this.close()
    receiver?.onFailed({
      error: error instanceof Error ? error : new Error(String(error)),
      status,
      isLost: false,
    })
  }
}
