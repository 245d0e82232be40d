import { currentContext, type RequestContext } from '../context/request-context.ts'
import type { SqlTx } from '../database/database.ts'
import type { EventDefinition } from '../events/define-event.ts'
import { uuidv7 } from '../ids/uuid.ts'
import { tell, type Telling } from './write-outbox.ts'

export interface EventMessage<P> {
  aggregateId: string
  payload: P
  market?: string | null
  /** The bus holds it back for at least this long; only a hint, so a sweep must find what it would have told. */
  delayMs?: number
  actor?: RequestContext['actor']
}

/**
 * Tells an event as part of `tx`: it is published if and only if `tx` commits. Returns its id. It is written, with all else
 * that `tx` tells, when the work of `tx` is done; the counter of its aggregate is then locked until the commit, so numbers
 * have no gaps and commit in their order. Rejects with a ZodError when the payload breaks its own contract.
 */
export async function emit<P>(
  tx: SqlTx,
  event: EventDefinition<P>,
  message: EventMessage<P>,
): Promise<string> {
  const telling = toTelling(event, message)
  await tell(tx, [telling])
  return telling.eventId
}

/** As it is written into the outbox. Throws a ZodError when the payload breaks its own contract. */
export function toTelling<P>(event: EventDefinition<P>, message: EventMessage<P>): Telling {
  const context = currentContext()
  const eventId = uuidv7()
  const { type, aggregateType } = event
  const { aggregateId, delayMs = 0 } = message
  const envelope = {
    eventId,
    type,
    schemaVersion: event.schemaVersion,
    aggregateType,
    aggregateId,
    occurredAt: new Date().toISOString(),
    correlationId: context.correlationId,
    causationId: context.causationId,
    traceparent: context.traceparent,
    actor: message.actor === undefined ? context.actor : message.actor,
    market: message.market ?? null,
    payload: event.payload.parse(message.payload),
  }
  return { eventId, type, aggregateType, aggregateId, envelope: JSON.stringify(envelope), delayMs }
}
