import type { Envelope } from './envelope.ts'

export interface Subscription {
  /** Durable name of the consumer's queue; processes that subscribe with the same name share the work. */
  queue: string
  types: readonly string[] | 'every'
  /** Must be idempotent: an event is delivered at least once. What it throws decides what happens, see {@link Bus}. */
  handle(envelope: Envelope): Promise<void>
  /** How many handlers may run at once in this process, 16 unless told. Events of one aggregate never overlap. */
  concurrency?: number
}

/** An event that one queue could not handle, kept until support replays it. */
export interface DeadLetter {
  id: string
  queue: string
  envelope: Envelope
  error: string
  attempts: number
  failedAt: string
}

export interface DeadLetters {
  /** Oldest first, at most `limit`. */
  list(options: { limit: number; queue?: string }): Promise<DeadLetter[]>
  /** Hands the event to its queue again; false when there is no such dead letter. */
  replay(id: string): Promise<boolean>
}

/**
 * Carries events from one subgraph to the others, at least once, in order per aggregate as long as handlers succeed.
 *
 * A handler that throws is tried again with back-off, and after the last try its event becomes a dead letter. While it
 * is tried again the later events of that aggregate wait. A {@link ContractViolation} becomes a dead letter at once; a
 * `NotYet` is put aside, so that what it waits for can pass, and does not count as a try.
 */
export interface Bus {
  /**
   * Resolves when the event is safe with the bus (RabbitMQ: confirmed; in process: handled or dead-lettered by every
   * queue, except a delayed one, which is only a hint). Rejects when that is not certain: publish it again.
   */
  publish(envelope: Envelope, options?: { delayMs?: number }): Promise<void>
  /** Resolves when the queue exists and is being read. */
  subscribe(subscription: Subscription): Promise<void>
  readonly deadLetters: DeadLetters
  /** Resolves when nothing is queued or in flight in this process (RabbitMQ: local publishes and handlers). */
  idle(): Promise<void>
  healthy(): boolean
  /** Lets running handlers finish, then lets go. What was not handled comes again at the next start. */
  close(): Promise<void>
}
