// What a raw statement is written as, a template or one of Prisma's Sql pieces, as the text and values that go to PostgreSQL.

export interface SqlText {
  text: string
  values: unknown[]
}

/** Prisma's `Prisma.sql`, told by its shape: platform knows no generated client. */
interface SqlPiece {
  readonly strings: readonly string[]
  readonly values: readonly unknown[]
}

/** A template's pieces are the same object each time it runs, so its text is put together once. */
const texts = new WeakMap<readonly string[], string>()

export function toSqlText(query: TemplateStringsArray | SqlPiece, values: readonly unknown[]): SqlText {
  if (isPiece(query)) return flatten(query.strings, query.values)
  if (values.some(isPiece)) return flatten(query, values)
  let text = texts.get(query)
  if (text === undefined) {
    text = query.reduce((before, part, index) => `${before}$${String(index)}${part}`)
    texts.set(query, text)
  }
  return { text, values: values.map(toParameter) }
}

/**
 * A value as PostgreSQL reads it whatever the column is: of a Date its instant, since a `date` column would take the day
 * out of the local time that the driver writes.
 */
export function toParameter(value: unknown): unknown {
  if (value === undefined) return null
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(toParameter)
  return value
}

function flatten(strings: readonly string[], values: readonly unknown[]): SqlText {
  const all: unknown[] = []
  const append = (parts: readonly string[], between: readonly unknown[]): string =>
    parts.reduce((before, part, index) => {
      const value = between[index - 1]
      if (isPiece(value)) return before + append(value.strings, value.values) + part
      all.push(toParameter(value))
      return `${before}$${String(all.length)}${part}`
    })
  const text = append(strings, values)
  return { text, values: all }
}

function isPiece(value: unknown): value is SqlPiece {
  return typeof value === 'object' && value !== null && 'strings' in value && 'values' in value
}
