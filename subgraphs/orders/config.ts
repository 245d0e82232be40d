import { z } from 'zod'
import { readConfig } from '#platform/config/read-config.ts'
import { subgraphConfig } from '#platform/server/subgraph-config.ts'

const ordersConfig = subgraphConfig.extend({
  PAYMENT_TICKET_SECRET: z.string().min(32).describe('shared with payments: signs what may be paid'),
  HOLD_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(86_400)
    .optional()
    .describe('how long goods are held unpaid, instead of the minutes of the market'),
  DEFAULT_COURIER_REF: z.uuid().optional().describe('user id of the courier who gets new parcels'),
})

export type OrdersConfig = z.infer<typeof ordersConfig>

export function readOrdersConfig(env: Record<string, string | undefined> = process.env): OrdersConfig {
  return readConfig(ordersConfig, env)
}
