import { z } from 'zod'
import type { RequestContext } from '../context/request-context.ts'

/** What travels: the payload, and around it what every consumer may need to know. Plain JSON; dates are ISO text. */
export interface Envelope<P = unknown, T extends string = string> {
  /** UUIDv7, made when the event was emitted; a repeated delivery has the same. */
  eventId: string
  type: T
  schemaVersion: number
  aggregateType: string
  aggregateId: string
  /** 1, 2, 3 … within the aggregate, without gaps. */
  sequence: number
  occurredAt: string
  correlationId: string
  causationId: string | null
  traceparent: string | null
  actor: RequestContext['actor']
  market: string | null
  payload: P
}

const envelopeSchema = z.object({
  eventId: z.uuid(),
  type: z.string().min(1),
  schemaVersion: z.int().positive(),
  aggregateType: z.string().min(1),
  aggregateId: z.string().min(1),
  sequence: z.int().positive(),
  occurredAt: z.iso.datetime(),
  correlationId: z.string(),
  causationId: z.string().nullable(),
  traceparent: z.string().nullable(),
  actor: z.object({ type: z.enum(['system', 'customer', 'staff']), id: z.string() }).nullable(),
  market: z.string().nullable(),
  payload: z.unknown(),
})

/** Checks what came off the wire; the payload is left to the event's own schema. Throws a ZodError. */
export function parseEnvelope(value: unknown): Envelope {
  return envelopeSchema.parse(value)
}
