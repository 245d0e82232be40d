import { badInput } from '#platform/errors/errors.ts'
import { isUuid } from '#platform/ids/uuid.ts'

// A cursor is ours only if its parts are what we put in: anything else must not reach the database.

type Part = string | number | undefined

const invalid = () => badInput('This cursor is not valid.', { argument: 'after' })

export function idPart(part: Part): string {
  if (typeof part === 'string' && isUuid(part)) return part
  throw invalid()
}

export function datePart(part: Part): Date {
  const date = new Date(typeof part === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/.test(part) ? part : NaN)
  if (Number.isNaN(date.getTime())) throw invalid()
  return date
}

export function intPart(part: Part): number {
  if (typeof part === 'number' && Number.isInteger(part) && Math.abs(part) < 2 ** 31) return part
  throw invalid()
}

export function bigintPart(part: Part): string {
  if (typeof part === 'string' && /^\d{1,18}$/.test(part)) return part
  throw invalid()
}
