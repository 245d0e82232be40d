// What resolvers read by key, one statement for all that one step of an operation asks. One set per request: a loader
// remembers what it has read.
import DataLoader from 'dataloader'

type Read<Row> = (keys: string[]) => Promise<readonly Row[]>
/** A row without a key is nobody's. */
type KeyOf<Row> = (row: Row) => string | null

/** The value `find` has for a key; null when it has none. */
export function valueBy<Value>(
  find: (keys: string[]) => Promise<ReadonlyMap<string | null, Value>>,
): DataLoader<string, Value | null> {
  return new DataLoader(async (keys) => {
    const found = await find([...keys])
    return keys.map((key) => found.get(key) ?? null)
  })
}

/** The one row of a key; null when there is none. */
export function rowBy<Row>(read: Read<Row>, keyOf: KeyOf<Row>): DataLoader<string, Row | null> {
  return valueBy(async (keys) => new Map((await read(keys)).map((row) => [keyOf(row), row])))
}

/** The row of an id; null when there is none. */
export function rowById<Row extends { id: string }>(read: Read<Row>): DataLoader<string, Row | null> {
  return rowBy(read, (row) => row.id)
}

/** The rows of a key in the order they were read; empty when there are none. */
export function rowsBy<Row>(read: Read<Row>, keyOf: KeyOf<Row>): DataLoader<string, Row[]> {
  return new DataLoader(async (keys) => {
    const groups = Map.groupBy(await read([...keys]), keyOf)
    return keys.map((key) => groups.get(key) ?? [])
  })
}
