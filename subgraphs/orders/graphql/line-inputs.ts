import { z } from 'zod'
import { text } from '#platform/graphql/text-input.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { mergeLines } from '../domain/merge-lines.ts'

const mostPieces = 99

/** 1 to 100 lines, merged to one per variant. An id that is none stays as it is: it is a variant nobody sells. */
export const orderLines = z
  .array(
    z.object({
      variantId: z.string().transform((id) => (isUuid(id) ? id.toLowerCase() : id)),
      quantity: z.int().min(1, 'must be 1 to 99').max(mostPieces, 'must be 1 to 99'),
    }),
  )
  .min(1, 'needs a line')
  .max(100, 'has more than 100 lines')
  .transform(mergeLines)
  .refine(
    (lines) => lines.every((line) => line.quantity <= mostPieces),
    'asks for more than 99 pieces of one variant',
  )

/** Ids that are no UUID cannot be in the database and must not be asked there. */
export function unknownIds(lines: readonly { variantId: string }[]): string[] {
  return lines.map((line) => line.variantId).filter((id) => !isUuid(id))
}

/** At most 10; what could be no code of the house is told as one that nobody knows. */
export const voucherCodes = z.array(text({ max: 100 })).max(10, 'has more than 10 codes')

export const idempotencyKey = z
  .string()
  .refine(isUuid, 'must be a UUID')
  .transform((key) => key.toLowerCase())

/** At most 100 numbers of pieces, each once, as they are engraved: letters count as capitals. */
export const serialNumbers = z
  .array(
    z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9][A-Za-z0-9 ./-]{0,39}$/, 'is no serial number')
      .transform((serial) => serial.toUpperCase()),
  )
  .max(100, 'has more than 100 numbers')
  .refine((serials) => new Set(serials).size === serials.length, 'names a piece twice')
