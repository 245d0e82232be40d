import { z } from 'zod'
import { readConfig } from '#platform/config/read-config.ts'
import { subgraphConfig } from '#platform/server/subgraph-config.ts'

const milliseconds = z.coerce.number().int().min(1).max(3_600_000)

const requests = z.coerce.number().int().min(1).max(10_000)

const paymentsConfig = subgraphConfig
  .extend({
    PAYMENT_TICKET_SECRET: z.string().min(32).describe('shared with orders: signs what may be paid'),
    PAYMENT_POLL_AFTER_MS: milliseconds
      .default(20_000)
      .describe('how long a payment may be pending before the provider is asked'),
    PAYMENT_CAPTURE: z
      .enum(['automatic', 'manual'])
      .default('automatic')
      .describe('whether a card is charged at once, or held and charged when the goods leave'),
    PAYMENT_CATCH_UP_MS: milliseconds
      .default(5 * 60_000)
      .describe('how often the provider’s list of events is read for webhooks that were lost'),
    BANK_ACCOUNT_HOLDER: z.string().max(70).optional().describe('whose account bank transfers go to'),
    BANK_IBAN: z
      .string()
      .regex(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/)
      .optional()
      .describe('the account that bank transfers go to; without it none are taken'),
    BANK_BIC: z
      .string()
      .regex(/^[A-Z0-9]{8}(?:[A-Z0-9]{3})?$/)
      .optional()
      .describe('the bank of that account'),
    SANDBOX_WEBHOOK_SECRET: z.string().min(32).optional().describe('signs the webhooks of the sandbox'),
    SANDBOX_WEBHOOK_URL: z
      .url()
      .optional()
      .describe('where the sandbox posts its webhooks; here, unless told'),
    SANDBOX_DELAY_MS: milliseconds
      .default(3_000)
      .describe('how late the sandbox’s late successes and webhooks come'),
    STRIPE_SECRET_KEY: z.string().optional().describe('pays with Stripe instead of the sandbox'),
    STRIPE_WEBHOOK_SECRET: z
      .string()
      .transform((secrets) => secrets.split(',').map((secret) => secret.trim()))
      .optional()
      .describe('verifies the webhooks of Stripe; two, comma-separated, while it rotates'),
    STRIPE_PUBLISHABLE_KEY: z.string().optional().describe('given to the page that takes the card'),
    STRIPE_API_URL: z.url().optional().describe('another host that speaks Stripe’s API'),
    STRIPE_REQUESTS_PER_SECOND: requests
      .default(100)
      .describe('how often this process may ask Stripe; the account’s limit divided by the processes'),
    STRIPE_REQUESTS_PER_ENDPOINT: requests
      .default(25)
      .describe('how often this process may ask one endpoint of Stripe, a second'),
  })
  .superRefine((config, context) => {
    const needed = config.STRIPE_SECRET_KEY
      ? (['STRIPE_WEBHOOK_SECRET', 'STRIPE_PUBLISHABLE_KEY'] as const)
      : (['SANDBOX_WEBHOOK_SECRET'] as const)
    const ofBank = config.BANK_IBAN ? (['BANK_ACCOUNT_HOLDER'] as const) : []
    for (const name of [...needed, ...ofBank]) {
      if (config[name] === undefined)
        context.addIssue({ code: 'custom', path: [name], message: 'is missing' })
    }
  })

export type PaymentsConfig = z.infer<typeof paymentsConfig>

export function readPaymentsConfig(env: Record<string, string | undefined> = process.env): PaymentsConfig {
  return readConfig(paymentsConfig, env)
}
