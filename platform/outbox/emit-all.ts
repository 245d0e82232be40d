import type { SqlTx } from '../database/database.ts'
import type { EventDefinition } from '../events/define-event.ts'
import { type EventMessage, toTelling } from './emit.ts'
import { tell } from './write-outbox.ts'

/** As `emit` for many messages of one event, in their order; messages of one aggregate are numbered in the order given. */
export async function emitAll<P>(
  tx: SqlTx,
  event: EventDefinition<P>,
  messages: readonly EventMessage<P>[],
): Promise<void> {
  await tell(
    tx,
    messages.map((message) => toTelling(event, message)),
  )
}
