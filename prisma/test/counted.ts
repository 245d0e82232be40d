import { z } from 'zod'
import { defineEvent } from '#platform/events/define-event.ts'

/** An event for tests. */
export const counted = defineEvent({
  type: 'thing.counted',
  aggregateType: 'Thing',
  payload: z.object({ n: z.int() }),
})
