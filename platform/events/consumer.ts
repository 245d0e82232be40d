import type { EventDefinition } from './define-event.ts'
import type { Envelope } from './envelope.ts'
import { ContractViolation } from './contract-violation.ts'

/**
 * What a consumer needs of the order of events.
 * `any`: each event once. `latest`: also ignores an event older than the last applied one of that aggregate (for a
 * consumer of snapshots). `every`: the consumer hears all types of the aggregate; older ones are ignored, and an event
 * that comes before its predecessor is put aside until that one came.
 */
export type ConsumerOrder = 'any' | 'latest' | 'every'

export interface Consumer<Tx> {
  /** Its queue: `<subgraph>.<event or purpose>`. */
  readonly name: string
  readonly hears: readonly EventDefinition<unknown>[] | 'every'
  readonly order: ConsumerOrder
  /** Runs in the transaction that also records the event as handled. */
  handle(event: Envelope, tx: Tx): Promise<void>
  /**
   * For a consumer that hears much and writes little of each: does for events that came at the same moment what `handle` does
   * for each, in one transaction. Only of order `any`; outside any event's context, so it must not tell anything.
   */
  handleAll?(events: readonly Envelope[], tx: Tx): Promise<void>
}

/** The envelope of one of several events, told apart by `type`. */
export type EventOf<D> = D extends EventDefinition<infer P, infer T> ? Envelope<P, T> : never

/**
 * Defines a consumer. Its handler gets a payload that the event's schema has parsed; an event of another type or with a
 * payload that does not fit is a contract violation. Throwing rolls back and is tried again.
 */
export function defineConsumer<Tx, const D extends readonly EventDefinition<unknown>[] | 'every'>(consumer: {
  name: string
  hears: D
  order?: ConsumerOrder
  handle: (event: D extends readonly (infer E)[] ? EventOf<E> : Envelope, tx: Tx) => Promise<void>
  handleAll?: D extends 'every' ? (events: readonly Envelope[], tx: Tx) => Promise<void> : never
}): Consumer<Tx> {
  const { name, hears, order = 'any' } = consumer
  const handle = consumer.handle as (event: Envelope, tx: Tx) => Promise<void>
  const { handleAll } = consumer
  if (hears === 'every') return { name, hears, order, handle, ...(handleAll && { handleAll }) }
  const definitions = new Map(hears.map((definition) => [definition.type, definition]))
  return {
    name,
    hears,
    order,
    handle: async (event, tx) => {
      const definition = definitions.get(event.type)
      if (!definition) throw new ContractViolation(`${name} does not hear ${event.type}`)
      const payload = definition.payload.safeParse(event.payload)
      if (!payload.success) {
        throw new ContractViolation(`${event.type} ${event.eventId}: ${payload.error.message}`)
      }
      await handle({ ...event, payload: payload.data }, tx)
    },
  }
}
