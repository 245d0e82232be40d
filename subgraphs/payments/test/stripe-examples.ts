import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StripeExamples } from '../providers/stripe-stand-in.ts'

const file = join(process.env.MAISON_DATA ?? '../shared/data', 'stripe/fixtures3.json')

/** Stripe's own examples of its objects; null where the file is absent, and tests that need them are skipped. */
export const stripeExamples = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as { resources: StripeExamples }).resources
  : null
