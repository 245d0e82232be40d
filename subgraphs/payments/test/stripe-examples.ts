import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOpenApi } from '../providers/stripe-stand-in/open-api.ts'
import type { StripeExamples } from '../providers/stripe-stand-in/stand-in-objects.ts'

const folder = join(process.env.MAISON_DATA ?? '../shared/data', 'stripe')
const examplesFile = join(folder, 'fixtures3.json')
const openApiFile = join(folder, 'openapi-trimmed.json')

/** Stripe's own examples of its objects; null where the file is absent, and tests that need them are skipped. */
export const stripeExamples = existsSync(examplesFile)
  ? (JSON.parse(readFileSync(examplesFile, 'utf8')) as { resources: StripeExamples }).resources
  : null

/** Stripe's published parameters; null where the file is absent. */
export const stripeOpenApi = existsSync(openApiFile) ? readOpenApi(openApiFile) : null

/** What a stand-in for Stripe is made more faithful with, as far as it is on this machine. */
export const stripeData = {
  ...(stripeExamples && { examples: stripeExamples }),
  ...(stripeOpenApi && { openApi: stripeOpenApi }),
}
