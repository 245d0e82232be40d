import type { z } from 'zod'

/** What a kind of event promises: its dotted name, the aggregate it is about, and the shape of its payload. */
export interface EventDefinition<P, T extends string = string> {
  readonly type: T
  /** Events of one aggregate (type and id) are numbered without gaps and told in that order. */
  readonly aggregateType: string
  readonly schemaVersion: number
  readonly payload: z.ZodType<P>
}

/** Defines an event. The literal type is kept, so that a consumer of several events can narrow by `event.type`. */
export function defineEvent<P, const T extends string = string>(definition: {
  type: T
  aggregateType: string
  schemaVersion?: number
  payload: z.ZodType<P>
}): EventDefinition<P, T> {
  if (!/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/.test(definition.type)) {
    throw new Error(`"${definition.type}" is not a dotted lower-case event name`)
  }
  return { schemaVersion: 1, ...definition }
}
