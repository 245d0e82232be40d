// The shapes of what support and tills send.
import { z } from 'zod'
import { text } from '#platform/graphql/text-input.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { isCurrencyCode } from '#platform/money/currencies.ts'

/** More than anything costs, in any currency; far below what a column can hold. */
const mostMinor = 10n ** 12n

export const idInput = (what: string) =>
  z
    .string()
    .refine(isUuid, `There is no such ${what}.`)
    .transform((id) => id.toLowerCase())
export const amountInput = z.bigint().min(1n).max(mostMinor)
export const currencyInput = z.string().refine(isCurrencyCode, 'Give an ISO 4217 code, such as EUR.')
export const keyInput = text({ max: 100 })
export const reasonInput = text({ max: 200 })
export const referenceInput = text({ max: 100 })
