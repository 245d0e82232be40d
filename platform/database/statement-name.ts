const names = new Map<string, string>()

/** The house has a few hundred; beyond, somebody builds texts that never come again, and a connection would keep them all. */
const mostNames = 1_000

/**
 * The name under which a connection keeps a statement it has parsed and planned, the same for the same text; undefined
 * when there are too many already. Parsing and planning are most of what a small statement costs PostgreSQL.
 */
export function statementName(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= mostNames) return known
  const name = `s${String(names.size)}`
  names.set(text, name)
  return name
}
