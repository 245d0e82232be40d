// HTTP/1.1 to one of our own subgraphs: POST of JSON, text back, nothing else. undici does more, and that was 40 % of
// the CPU of a small request (docs/decisions/0009-own-wire-to-subgraphs.md).
import { AsyncLocalStorage } from 'node:async_hooks'
import { WireConnection } from './wire-connection.ts'

export interface WireRequest {
  /** Names and values in turn, besides those of JSON over HTTP. A value with a control character is refused. */
  headers: readonly string[]
  body: string
  /** Asks on a connection that was not there before: what was idle may be gone as a whole. */
  isFresh: boolean
}

/** Hears of one request exactly once, unless it was aborted: then never. Must not throw. */
export interface WireReceiver {
  onAnswer(status: number, text: string): void
  onFailed(failure: WireFailure): void
}

export interface WireFailure {
  error: Error
  /** Of an answer that broke off behind its head; else 0. */
  status: number
  /** The connection was made and then lost before any byte of an answer. The request may have been received. */
  isLost: boolean
}

/** A request under way. */
export interface WireAsk {
  /** Nobody waits any more. Its connection, if it has one, is closed: nothing else tells the server. */
  abort(): void
}

export interface SubgraphWire {
  send(request: WireRequest, receiver: WireReceiver): WireAsk
  /** Fails what is under way or queued, and everything after. */
  destroy(): void
}

/** Not sent, because it cannot be. */
export class UnsendableRequest extends Error {
  constructor(name: string) {
    super(`The value of the header ${name} cannot be sent`)
    this.name = 'UnsendableRequest'
  }
}

export interface WireOptions {
  /** `http:` only; user, query and fragment are left out. */
  url: string
  /** Beyond these a request waits for its turn. */
  connections?: number
  connectTimeoutMs?: number
  /** Of one answer's body. */
  maxBytes?: number
  /** An idle connection is closed after this, or a second before the server said it would. */
  idleMs?: number
  /** Behind every deadline, should nobody have kept it. */
  answerTimeoutMs?: number
}

/**
 * One request at a time per connection, the most recently used one first, else in the order they came. A connection
 * that anything is odd about is closed: an answer never meets another's question.
 */
export function createSubgraphWire(options: WireOptions): SubgraphWire {
  const { connections: most = 64, idleMs = 20_000, answerTimeoutMs = 65_000 } = options
  const { connectTimeoutMs = 2_000, maxBytes = 16_000_000 } = options
  const url = new URL(options.url)
  const target = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || '80') }
  const begin = [
    `POST ${url.pathname} HTTP/1.1`,
    `host: ${url.host}`,
    'content-type: application/json',
    'accept: application/json',
    '',
  ].join('\r\n')
  // Else a connection would keep the context of the request that happened to open it.
  const outside = AsyncLocalStorage.snapshot()
  const all = new Set<WireConnection>()
  /** The most recently used one last. */
  const idle: WireConnection[] = []
  const queue: QueuedAsk[] = []
  /** Those that only a new connection may answer, which it does before all others. */
  const freshQueue: QueuedAsk[] = []
  let connecting = 0
  let isDestroyed = false
  let sweeper: NodeJS.Timeout | undefined

  function open(): void {
    connecting += 1
    outside(() => {
      all.add(new WireConnection({ ...target, connectTimeoutMs, maxBytes, idleMs }, owner))
      sweeper ??= setInterval(sweep, Math.min(2_000, idleMs)).unref()
    })
  }

  function openAsNeeded(): void {
    while (connecting < queue.length + freshQueue.length && all.size < most) open()
  }

  function sweep(): void {
    const now = performance.now()
    for (const connection of all) connection.endIfLate(now, answerTimeoutMs)
  }

  const owner = {
    onConnected: (connection: WireConnection) => {
      connecting -= 1
      const next = freshQueue.shift() ?? queue.shift()
      if (next) next.goOn(connection)
      else idle.push(connection)
    },
    onFree: (connection: WireConnection) => {
      if (freshQueue.length > connecting && all.size >= most) {
        // Makes room for a new one.
        connection.close()
        return
      }
      const next = queue.shift()
      if (next) next.goOn(connection)
      else idle.push(connection)
    },
    onUnreachable: (connection: WireConnection, error: Error) => {
      all.delete(connection)
      connecting -= 1
      // One who waits hears of each try; all of them, when nothing is left that could answer them.
      const one = freshQueue.shift() ?? queue.shift()
      const failed = one ? [one] : []
      if (all.size === 0) failed.push(...freshQueue.splice(0), ...queue.splice(0))
      // Where one is connected another may be soon.
      if (all.size > connecting) openAsNeeded()
      stopSweeping()
      for (const { receiver } of failed) receiver.onFailed({ error, status: 0, isLost: false })
    },
    onGone: (connection: WireConnection) => {
      all.delete(connection)
      const place = idle.indexOf(connection)
      if (place !== -1) idle.splice(place, 1)
      openAsNeeded()
      stopSweeping()
    },
  }

  function stopSweeping(): void {
    if (all.size > 0) return
    clearInterval(sweeper)
    sweeper = undefined
  }

  function findIdle(): WireConnection | null {
    const now = performance.now()
    for (let last = idle.pop(); last !== undefined; last = idle.pop()) {
      if (now < last.idleUntil) return last
      last.close()
    }
    return null
  }

  class QueuedAsk implements WireAsk {
    readonly receiver: WireReceiver
    readonly #head: string
    readonly #body: string
    #connection: WireConnection | null = null

    constructor(head: string, body: string, receiver: WireReceiver) {
      this.#head = head
      this.#body = body
      this.receiver = receiver
    }

    goOn(connection: WireConnection): void {
      this.#connection = connection
      connection.ask(this.#head, this.#body, this.receiver)
    }

    abort(): void {
      if (this.#connection !== null) {
        this.#connection.abandon(this.receiver)
        return
      }
      for (const waiting of [queue, freshQueue]) {
        const place = waiting.indexOf(this)
        if (place !== -1) waiting.splice(place, 1)
      }
    }
  }

  return {
    send: (request, receiver) => {
      const { headers, body, isFresh } = request
      let head = begin
      for (let at = 0; at < headers.length; at += 2) {
        const name = headers[at] ?? ''
        const value = headers[at + 1] ?? ''
        if (unsendable.test(value)) {
          receiver.onFailed({ error: new UnsendableRequest(name), status: 0, isLost: false })
          return nothingToAbort
        }
        head += `${name}: ${value}\r\n`
      }
      if (isDestroyed) {
        receiver.onFailed({ error: new Error('The wire is closed'), status: 0, isLost: false })
        return nothingToAbort
      }
      const ask = new QueuedAsk(head, body, receiver)
      const connection = isFresh ? null : findIdle()
      if (connection) {
        ask.goOn(connection)
        return ask
      }
      if (isFresh) freshQueue.push(ask)
      else queue.push(ask)
      // The one that has been idle for longest makes room.
      if (isFresh && all.size >= most) idle.shift()?.close()
      openAsNeeded()
      return ask
    },
    destroy: () => {
      isDestroyed = true
      const error = new Error('The wire is closed')
      const waiting = [...freshQueue.splice(0), ...queue.splice(0)]
      for (const connection of [...all]) connection.close(error)
      for (const { receiver } of waiting) receiver.onFailed({ error, status: 0, isLost: false })
    },
  }
}

/** What no header may hold (RFC 9110 §5.5); above all what would begin another line. */
const unsendable = /[^\t\x20-\x7e\x80-\xff]/

const nothingToAbort: WireAsk = { abort: () => undefined }
