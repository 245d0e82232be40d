import { randomUUID } from 'node:crypto'
import type { Envelope } from '../events/envelope.ts'
import type { RetryPolicy } from '../events/retry-policy.ts'
import { uuidv7 } from '../ids/uuid.ts'

/** Short, so that a dead letter takes milliseconds. */
export const quickRetry: RetryPolicy = { firstMs: 10, factor: 2, maxMs: 80, tries: 4, postponements: 20 }

/** An event of no meaning, with what a test wants of it. */
export function envelope(of: Partial<Envelope> = {}): Envelope {
  return {
    eventId: uuidv7(),
    type: 'thing.happened',
    schemaVersion: 1,
    aggregateType: 'Thing',
    aggregateId: randomUUID(),
    sequence: 1,
    occurredAt: new Date().toISOString(),
    correlationId: randomUUID(),
    causationId: null,
    traceparent: null,
    actor: null,
    market: null,
    payload: {},
    ...of,
  }
}
