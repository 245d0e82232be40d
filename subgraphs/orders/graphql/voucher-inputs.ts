import { z } from 'zod'
import { isUuid } from '#platform/ids/uuid.ts'
import { normalizeVoucherCode } from '../domain/voucher-code.ts'

const limitTo = (most: number) => {
  const range = `must be 1 to ${String(most)}`
  return z.int().min(1, range).max(most, range)
}

const codeRule = 'must be 3 to 40 letters A to Z and digits'

export const voucherCode = z
  .string()
  .refine((text) => normalizeVoucherCode(text) !== null, codeRule)
  .transform((text) => normalizeVoucherCode(text) ?? '')

/** What one code and each of a batch have in common. */
export const voucherTerms = z.object({
  promotionId: z
    .string()
    .refine(isUuid, 'must be the id of a promotion')
    .transform((id) => id.toLowerCase()),
  limit: optional(limitTo(1_000_000)),
  perCustomerLimit: optional(limitTo(1_000)),
  startsAt: optional(z.date()),
  endsAt: optional(z.date()),
})

/** Absent and null both mean none. */
function optional<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? null)
}

export function endsBeforeItStarts(
  terms: { startsAt: Date | null; endsAt: Date | null },
  now: Date,
): boolean {
  return terms.endsAt !== null && terms.endsAt <= (terms.startsAt ?? now)
}

export const unknownPromotion = {
  kind: 'UnknownPromotionError',
  message: 'There is no such promotion. One that was just made is heard of within seconds.',
} as const
