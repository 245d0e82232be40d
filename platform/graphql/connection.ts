import { badInput } from '../errors/errors.ts'

/** One page of a list: `limit` items behind `after`. */
export interface Page<Cursor> {
  limit: number
  after: Cursor | null
}

export interface Connection<Row> {
  edges: { cursor: string; node: Row }[]
  nodes: Row[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

/** A cursor is opaque to clients: the sort key of its item, so that it stays valid when items come and go. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** The sort key in a cursor; BAD_USER_INPUT when it is not one of ours with so many parts. */
export function decodeCursor(cursor: string, parts: number): (string | number)[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(key) && key.length === parts && key.every(isCursorPart)) return key
  } catch {
    // Falls through: whatever it is, it is no cursor.
  }
  throw badInput('This cursor is not valid.', { argument: 'after' })
}

function isCursorPart(part: unknown): part is string | number {
  return typeof part === 'number'
    ? Number.isFinite(part)
    : typeof part === 'string' && !part.includes('\0') && part.isWellFormed()
}

/** Checks the page arguments: 1 to `max` items (100 unless told), a cursor of `cursorParts` parts or none. */
export function parsePage(
  args: { first?: number | null; after?: string | null },
  options: { max?: number; cursorParts: number },
): Page<(string | number)[]> {
  const max = options.max ?? 100
  const limit = args.first ?? 20
  if (limit < 1 || limit > max) throw badInput(`first must be 1 to ${String(max)}.`, { argument: 'first' })
  return { limit, after: args.after == null ? null : decodeCursor(args.after, options.cursorParts) }
}

/** Makes a page from `limit + 1` rows read (the extra one says that more follow). */
export function toConnection<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly (string | number)[],
): Connection<Row> {
  const edges = rows.slice(0, limit).map((node) => ({ cursor: encodeCursor(keyOf(node)), node }))
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: { hasNextPage: rows.length > limit, endCursor: edges.at(-1)?.cursor ?? null },
  }
}
