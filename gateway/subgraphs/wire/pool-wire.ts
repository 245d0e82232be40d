// The same through undici, for subgraphs that are reached over TLS.
import type { Dispatcher, Pool } from 'undici'
import { GrowingBytes } from './growing-bytes.ts'
import { type SubgraphWire, UnsendableRequest, type WireAsk, type WireReceiver } from './subgraph-wire.ts'

/** The pool stays its owner's: `destroy` does nothing. */
export function createPoolWire(pool: Pool, options: { path: string; maxBytes: number }): SubgraphWire {
  const { path, maxBytes } = options
  return {
    send: ({ headers, body }, receiver) => {
      const ask = new PoolAsk(receiver, maxBytes)
      pool.dispatch({ method: 'POST', path, headers: [...json, ...headers], body, ...patience }, ask)
      return ask
    },
    destroy: () => undefined,
  }
}

const json = ['content-type', 'application/json', 'accept', 'application/json']

/** It is the operation's deadline that ends it; this is behind the longest one, should nobody have kept it. */
const patience = { headersTimeout: 65_000, bodyTimeout: 65_000 }

const lostConnection = new Set<unknown>(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

/** undici's handler itself: no stream and no promise per piece. */
class PoolAsk implements WireAsk, Dispatcher.DispatchHandler {
  readonly #receiver: WireReceiver
  readonly #body: GrowingBytes
  #isOver = false
  #abort: ((reason?: Error) => void) | null = null
  #status = 0

  constructor(receiver: WireReceiver, maxBytes: number) {
    this.#receiver = receiver
    this.#body = new GrowingBytes(maxBytes)
  }

  abort(): void {
    this.#isOver = true
    this.#abort?.()
  }

  // These are undici's older names: the newer ones read every response header into an object, which nobody here looks at.

  onConnect(abort: (reason?: Error) => void): void {
    // Still queued when it was given up: thrown here it is taken out, and its connection is kept.
    if (this.#isOver) throw new Error('Nobody waits any more')
    this.#abort = abort
  }

  onHeaders(status: number): boolean {
    this.#status = status
    return true
  }

  onData(piece: Buffer): boolean {
    this.#body.push(piece, 0, piece.length)
    return true
  }

  onComplete(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#receiver.onAnswer(this.#status, this.#body.takeText())
  }

  onError(error: Error): void {
    if (this.#isOver) return
    this.#isOver = true
    const code = 'code' in error ? error.code : null
    this.#receiver.onFailed({
      error: code === 'UND_ERR_INVALID_ARG' ? new UnsendableRequest(error.message) : error,
      status: this.#status,
      isLost: this.#status === 0 && lostConnection.has(code),
    })
  }
}
