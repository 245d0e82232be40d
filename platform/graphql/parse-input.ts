import type { z } from 'zod'

/** The member of a result union that says which field of the input cannot be taken. */
export interface InvalidInput {
  kind: 'InvalidInputError'
  message: string
  /** The way to the field within the input, as `shippingAddress.country`. */
  field: string
}

/** The input in the shape of the schema, or the first thing that is wrong with it. Never throws. */
export function parseInput<T>(
  schema: z.ZodType<T>,
  input: unknown,
): { kind: 'Parsed'; value: T } | InvalidInput {
  const parsed = schema.safeParse(input)
  if (parsed.success) return { kind: 'Parsed', value: parsed.data }
  const [issue] = parsed.error.issues
  const field = issue?.path.join('.') ?? ''
  return invalidInput(field, `${field}: ${issue?.message ?? 'not valid'}`)
}

/** The same for what no schema can know, such as an id that is nobody's. */
export function invalidInput(field: string, message: string): InvalidInput {
  return { kind: 'InvalidInputError', message, field }
}
