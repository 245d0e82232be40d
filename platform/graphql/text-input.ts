import { z } from 'zod'

/**
 * Text from a person, trimmed, `min` (1 unless told) to `max` code points. Any script and any emoji survives; only what
 * PostgreSQL cannot keep is refused: NUL and halves of surrogate pairs.
 */
export function text(limits: { max: number; min?: number }): z.ZodType<string, string> {
  const { max, min = 1 } = limits
  return z
    .string()
    .trim()
    .refine((value) => !value.includes('\0') && value.isWellFormed(), 'holds a character that cannot be kept')
    .refine(
      (value) => lengthOf(value) >= min,
      min === 1 ? 'must not be empty' : `needs ${String(min)} characters or more`,
    )
    .refine((value) => lengthOf(value) <= max, `has more than ${String(max)} characters`)
}

// Code points, as people count more nearly than UTF-16 does; spread is linear, so the length is checked first.
function lengthOf(value: string): number {
  if (value.length > 1_000_000) return value.length
  let count = 0
  for (const _ of value) count += 1
  return count
}
