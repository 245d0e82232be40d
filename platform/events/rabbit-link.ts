import type { Socket } from 'node:net'
import { type ChannelModel, connect } from 'amqplib'
import type { Logger } from '../log/logger.ts'
import { pause } from './pause.ts'

/** One connection to the broker that comes back by itself, with whatever `open` builds on it. */
export interface RabbitLink<Session> {
  /** The session, waiting for one when there is none; rejects after `timeoutMs`. */
  session(timeoutMs: number): Promise<Session>
  healthy(): boolean
  close(): Promise<void>
}

interface LinkOptions<Session> {
  url: string
  log: Logger
  /** Connecting and setting up together; slower counts as lost. */
  setUpTimeoutMs: number
  open(connection: ChannelModel, lost: (why: unknown) => void): Promise<Session>
  /** The session is of no use any more: reject what waits for its answers. */
  onLost(session: Session, why: unknown): void
}

const firstPauseMs = 50
const longestPauseMs = 5_000

export function createRabbitLink<Session>(options: LinkOptions<Session>): RabbitLink<Session> {
  const { log } = options
  const closing = new AbortController()
  let current: Session | null = null
  let connection: ChannelModel | null = null
  let lastError: unknown = null
  const waiting = new Set<() => void>()
  const isClosing = (): boolean => closing.signal.aborted

  /** Opens a session and resolves with the reason when it is lost; rejects when it could not be opened in time. */
  async function live(): Promise<unknown> {
    const loss = Promise.withResolvers<unknown>()
    const deadline = AbortSignal.timeout(options.setUpTimeoutMs)
    const opening = openConnection(options.url, options.setUpTimeoutMs, loss.resolve)
    try {
      const session = await until(deadline, async () => {
        connection = await opening
        return options.open(connection, loss.resolve)
      })
      current = session
      for (const wake of waiting) wake()
      const why = await Promise.race([loss.promise, aborted(closing.signal)])
      if (!isClosing()) {
        current = null
        options.onLost(session, why)
      }
      return why
    } finally {
      if (!isClosing()) {
        connection = null
        destroyWhenOpen(opening)
      }
    }
  }

  async function run(): Promise<void> {
    for (let failures = 0; !isClosing(); failures++) {
      try {
        const why = await live()
        if (isClosing()) return
        failures = 0
        lastError = why
        log.warn({ reason: messageOf(why) }, 'The broker connection was lost, connecting again')
      } catch (error) {
        lastError = error
        log.warn({ reason: messageOf(error) }, 'The broker cannot be reached, trying again')
      }
      // Jitter, so that all processes of a house do not come back in the same instant.
      const ms = Math.min(longestPauseMs, firstPauseMs * 2 ** failures) * (0.5 + Math.random() / 2)
      await pause(ms, closing.signal)
    }
  }

  const running = run()

  return {
    session: async (timeoutMs) => {
      const deadline = AbortSignal.any([AbortSignal.timeout(timeoutMs), closing.signal])
      for (;;) {
        if (isClosing()) throw new Error('The bus is closed')
        if (current) return current
        if (deadline.aborted) {
          throw new Error(`The broker is not connected: ${messageOf(lastError ?? 'no answer')}`)
        }
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            waiting.delete(wake)
            deadline.removeEventListener('abort', wake)
            resolve()
          }
          waiting.add(wake)
          deadline.addEventListener('abort', wake)
        })
      }
    },
    healthy: () => current !== null && !isClosing(),
    close: async () => {
      closing.abort()
      current = null
      await running
      if (!connection) return
      const socket = socketOf(connection)
      // A half-open connection never answers the goodbye.
      await Promise.race([connection.close().catch(() => undefined), pause(2_000)])
      socket.destroy()
    },
  }
}

async function openConnection(
  url: string,
  timeoutMs: number,
  lost: (why: unknown) => void,
): Promise<ChannelModel> {
  const target = new URL(url)
  if (!target.searchParams.has('heartbeat')) target.searchParams.set('heartbeat', '10')
  const connection = await connect(target.href, {
    timeout: timeoutMs,
    noDelay: true,
    keepAlive: true,
    keepAliveDelay: 10_000,
  })
  connection.on('error', lost)
  connection.on('close', (error?: Error) => {
    lost(error ?? new Error('closed'))
  })
  return connection
}

/** No goodbye: the connection may be half open, and its unacknowledged messages must go back to their queues at once. */
function destroyWhenOpen(opening: Promise<ChannelModel>): void {
  opening.then(
    (connection) => socketOf(connection).destroy(),
    () => undefined,
  )
}

function socketOf(connection: ChannelModel): Socket {
  return (connection.connection as unknown as { stream: Socket }).stream
}

async function until<T>(deadline: AbortSignal, work: () => Promise<T>): Promise<T> {
  return Promise.race([
    work(),
    aborted(deadline).then(() => {
      throw new Error('setting up took too long')
    }),
  ])
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** Only the sentence: an amqplib error may hold the URL, and the URL the password. */
function messageOf(why: unknown): string {
  return why instanceof Error ? why.message || why.name : String(why)
}
