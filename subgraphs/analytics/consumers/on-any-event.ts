import { type Consumer, defineConsumer } from '#platform/events/consumer.ts'
import type { Tx } from '../data/analytics-database.ts'
import { recordEvents } from '../usecases/record-events.ts'

/** Hears everything. The log keeps each event once, however often it is delivered. */
export const onAnyEvent: Consumer<Tx> = defineConsumer<Tx, 'every'>({
  name: 'analytics.event-log',
  hears: 'every',
  handle: (event, tx) => recordEvents(tx, [event]),
  handleAll: (events, tx) => recordEvents(tx, events),
})
