import { z } from 'zod'
import { minorUnits } from '#platform/events/payloads.ts'
import type { Prisma } from '../data/generated/client.ts'

const importResult = z.object({ fileName: z.string(), totalRows: z.int().nullable(), failedRows: z.int() })

const letterData = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('EMAIL_VERIFICATION'), tokenId: z.uuid() }),
  z.object({ kind: z.literal('ACCOUNT_EXISTS') }),
  z.object({
    kind: z.literal('ORDER_CONFIRMED'),
    number: z.string(),
    currency: z.string(),
    totalMinor: minorUnits,
    /** The first few; the page of the order shows all. */
    lines: z.array(z.object({ name: z.string(), quantity: z.int(), totalMinor: minorUnits })),
  }),
  z.object({ kind: z.literal('ORDER_EXPIRED'), number: z.string() }),
  z.object({ kind: z.literal('DELIVERY_DELIVERED'), number: z.string() }),
  importResult.extend({ kind: z.literal('IMPORT_COMPLETED'), products: z.int(), variants: z.int() }),
  importResult.extend({ kind: z.literal('IMPORT_FAILED'), reason: z.string() }),
])

/** What a letter tells, by its kind. No secret and no personal data: the letter gets those when it is written. */
export type LetterData = z.infer<typeof letterData>

/** Reads the columns `kind` and `data` of a notification. Throws a ZodError when they do not belong together. */
export function parseLetterData(kind: string, data: Prisma.JsonValue): LetterData {
  return letterData.parse({ ...(data as object), kind })
}
