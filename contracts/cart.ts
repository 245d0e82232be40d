import { z } from 'zod'
import { defineEvent } from '#platform/events/define-event.ts'

// What cart tells.

/** Lines, quantities or the market of a cart changed. */
export const cartChanged = defineEvent({
  type: 'cart.changed',
  aggregateType: 'cart',
  payload: z.object({
    cartId: z.uuid(),
    customerRef: z.uuid().nullable(),
    marketId: z.string(),
    lines: z.array(z.object({ variantId: z.uuid(), quantity: z.int().positive() })),
  }),
})
