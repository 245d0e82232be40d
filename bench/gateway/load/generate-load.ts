// Asks over bare sockets: an HTTP client would cost more than the server that is measured.
import { connect, type Socket } from 'node:net'

export interface LoadResult {
  requests: number
  seconds: number
  failures: number
  /** One body in many, whole, for a closer look. */
  sample: string
}

const headEnd = Buffer.from('\r\n\r\n')
const lastChunk = Buffer.from('0\r\n\r\n')
const sampleEvery = 500

/**
 * Keeps `connections` busy with one request each for `seconds`. `next` is the whole text of the next request, in
 * Latin-1. Whatever is not answered with `status` is a failure. Rejects when a connection breaks or nothing moves.
 */
export function generateLoad(options: {
  port: number
  connections: number
  seconds: number
  status: number
  next: () => string
}): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const sockets: Socket[] = []
    const startedAt = performance.now()
    const result: LoadResult = { requests: 0, seconds: 0, failures: 0, sample: '' }
    let isOver = false
    let isEnding = false
    let busy = options.connections

    function end(error?: Error): void {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      clearTimeout(limit)
      result.seconds = (performance.now() - startedAt) / 1_000
      for (const socket of sockets) socket.destroy()
      if (error) reject(error)
      else resolve(result)
    }
    // What is under way when the time is up is waited for: the server has worked on it, so it counts, and so does its time.
    const timer = setTimeout(() => {
      isEnding = true
    }, options.seconds * 1_000)
    const limit = setTimeout(() => end(new Error('Nothing was answered')), (options.seconds + 30) * 1_000)

    for (let index = 0; index < options.connections; index += 1) {
      const reader = createResponseReader(options.status, (isRight, sample) => {
        if (isOver) return
        result.requests += 1
        if (!isRight) result.failures += 1
        if (sample !== '') result.sample = sample
        if (!isEnding) socket.write(options.next(), 'latin1')
        else if ((busy -= 1) === 0) end()
      })
      const socket = connect({
        port: options.port,
        host: '127.0.0.1',
        noDelay: true,
        onread: {
          buffer: Buffer.allocUnsafe(128 * 1_024),
          callback: (size, buffer) => {
            reader(buffer as Buffer, size)
            return true
          },
        },
      })
      sockets.push(socket)
      socket.once('connect', () => socket.write(options.next(), 'latin1'))
      socket.once('error', (error) => end(error))
      socket.once('close', () => end(new Error('The server closed a connection')))
    }
  })
}

/** Tells when a response is whole. One at a time: the next request is sent after it. */
function createResponseReader(status: number, onResponse: (isRight: boolean, sample: string) => void) {
  let turn = 0
  let isInBody = false
  /** Bytes of the body still to come; -1: in chunks, until the last one. */
  let missing = 0
  let isRight = true
  let tail = Buffer.alloc(0)
  let kept: Buffer[] | null = null

  function finish(): void {
    isInBody = false
    const sample = kept ? Buffer.concat(kept).toString() : ''
    kept = null
    onResponse(isRight, sample)
  }

  return (buffer: Buffer, size: number): void => {
    let at = 0
    if (!isInBody) {
      const end = buffer.indexOf(headEnd)
      if (end < 0 || end >= size) throw new Error('A head in two pieces')
      const head = buffer.toString('latin1', 0, end)
      isRight = head.startsWith('200', 9) ? status === 200 : Number(head.slice(9, 12)) === status
      const length = /content-length: (\d+)/i.exec(head)
      missing = length ? Number(length[1]) : status === 304 ? 0 : -1
      isInBody = true
      turn += 1
      kept = turn % sampleEvery === 0 && missing > 0 ? [] : null
      tail = Buffer.alloc(0)
      at = end + 4
    }
    if (kept) kept.push(Buffer.from(buffer.subarray(at, size)))
    if (missing >= 0) {
      missing -= size - at
      if (missing <= 0) finish()
      return
    }
    const last = buffer.subarray(Math.max(at, size - 5), size)
    tail = last.length === 5 ? Buffer.from(last) : Buffer.concat([tail, last]).subarray(-5)
    if (tail.equals(lastChunk)) finish()
  }
}
