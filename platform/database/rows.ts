// Rows of Prisma's models by raw statements: columns by the names of the fields, so that a field added to a model is written
// and read without a word here.
import type { SqlTx } from './database.ts'

/** `Prisma.OrderScalarFieldEnum` and its like: the fields of a model. */
type Fields = Readonly<Record<string, string>>

const lists = new Map<Fields, string>()

/** A select list of all columns of a model, under the names of its fields: what a raw statement gives is Prisma's row. */
export function columnsOf(fields: Fields): string {
  const known = lists.get(fields)
  if (known !== undefined) return known
  const list = Object.keys(fields)
    .map((field) => `${columnOf(field)} AS "${field}"`)
    .join(', ')
  lists.set(fields, list)
  return list
}

/** Rows of one table, all with the same fields; a field that is undefined everywhere gets the column's default. */
export interface NewRows {
  table: string
  rows: readonly object[]
}

/**
 * Inserts rows into several tables in one statement, however many rows: a row may refer to one that is inserted with it.
 * Tables without rows are left out.
 */
export async function insertRows(tx: SqlTx, inserts: readonly NewRows[]): Promise<void> {
  const given = inserts.filter(({ rows }) => rows.length > 0)
  if (given.length === 0) return
  await tx.$executeRawUnsafe(
    `WITH ${given.map((insert, index) => `i${String(index)} AS (${insertOf(insert, index)})`).join(', ')} SELECT`,
    ...given.map(({ rows }) => JSON.stringify(rows.map(toJsonRow))),
  )
}

/** Inserts rows of one table and returns them as they are then, with the defaults of the columns that were not given. */
export async function insertReturning<Row>(tx: SqlTx, insert: NewRows & { fields: Fields }): Promise<Row[]> {
  if (insert.rows.length === 0) return []
  return await tx.$queryRawUnsafe<Row[]>(
    `${insertOf(insert, 0)} RETURNING ${columnsOf(insert.fields)}`,
    JSON.stringify(insert.rows.map(toJsonRow)),
  )
}

/** Changes the row of an id and returns it as it is then; null when there is none. A field that is undefined stays. */
export async function updateReturning<Row>(
  tx: SqlTx,
  update: { table: string; fields: Fields; id: string; set: object },
): Promise<Row | null> {
  const given: [string, unknown][] = Object.entries(update.set).filter(isGiven)
  const assignments = given.map(([field], index) => `${columnOf(field)} = $${String(index + 2)}`)
  const [row] = await tx.$queryRawUnsafe<Row[]>(
    `UPDATE ${update.table} SET ${assignments.join(', ')} WHERE id = $1::uuid RETURNING ${columnsOf(update.fields)}`,
    update.id,
    ...given.map(([, value]) => value),
  )
  return row ?? null
}

/** The parameter of `index` is the rows as JSON: one text for any number of rows, so that it is prepared once. */
function insertOf({ table, rows }: NewRows, index: number): string {
  const fields = new Set(
    rows.flatMap((row) =>
      Object.entries(row)
        .filter(isGiven)
        .map(([field]) => field),
    ),
  )
  const columns = [...fields].sort().map(columnOf).join(', ')
  return `INSERT INTO ${table} (${columns})
          SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $${String(index + 1)}::jsonb)`
}

const isGiven = ([, value]: [string, unknown]): boolean => value !== undefined

function toJsonRow(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(isGiven)
      .map(([field, value]) => [columnOf(field), toJsonValue(value)]),
  )
}

/** JSON has no bigint and no bytes: PostgreSQL reads them from their text. */
function toJsonValue(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`
  return value
}

/** The schemas map every field alike. */
function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
