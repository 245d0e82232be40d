import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'

/** Who asked and what it belongs to. `emit()` and the loggers read it here, so that use cases need not carry it. */
export interface RequestContext {
  requestId: string
  /** Shared by everything one customer's action caused, however many events later. */
  correlationId: string
  /** The event whose handling caused this; null at the edge of the house. */
  causationId: string | null
  /** W3C trace context of the caller, passed on unchanged. */
  traceparent: string | null
  actor: { type: 'system' | 'customer' | 'staff'; id: string } | null
}

const storage = new AsyncLocalStorage<RequestContext>()

/** The context of the work under way. Outside any, a new one each time: nothing unrelated is ever correlated. */
export function currentContext(): RequestContext {
  return storage.getStore() ?? freshContext({})
}

/** Whether there is work under way whose ids are worth telling. */
export function isInContext(): boolean {
  return storage.getStore() !== undefined
}

/** Runs `work`, and everything it awaits, in a new context made of `ctx`; what it does not name starts afresh. */
export function runInContext<T>(ctx: Partial<RequestContext>, work: () => T): T {
  return storage.run(freshContext(ctx), work)
}

/** Runs `work` in no context: for what goes on by itself, whoever has set it going. */
export function runOutsideContext<T>(work: () => T): T {
  return storage.exit(work)
}

function freshContext(given: Partial<RequestContext>): RequestContext {
  const requestId = given.requestId ?? randomUUID()
  return {
    requestId,
    correlationId: given.correlationId ?? requestId,
    causationId: given.causationId ?? null,
    traceparent: given.traceparent ?? null,
    actor: given.actor ?? null,
  }
}
