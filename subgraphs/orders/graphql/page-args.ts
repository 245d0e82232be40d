import { badInput } from '#platform/errors/errors.ts'
import { isUuid } from '#platform/ids/uuid.ts'

export interface PageArgs {
  first?: number | null
  after?: string | null
}

/** The id that a cursor of one part holds. */
export function idCursor(key: readonly (string | number)[] | null): string | null {
  if (key === null) return null
  const [id] = key
  if (typeof id !== 'string' || !isUuid(id)) throw invalidCursor()
  return id
}

export const invalidCursor = () => badInput('This cursor is not valid.', { argument: 'after' })
