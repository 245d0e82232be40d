import pg from 'pg'

type Parse = (text: string) => unknown

/** The driver's own parser; its types name but some of the types it parses. */
const ownParser = pg.types.getTypeParser as (oid: number, format?: 'text' | 'binary') => Parse

const oids = { bigint: 20, bigintArray: 1016, date: 1082, timestamp: 1114 }
const parseArray = ownParser(oids.bigintArray) as (text: string) => (string | null)[]

const parsers = new Map<number, Parse>([
  [oids.bigint, BigInt],
  [oids.bigintArray, (text) => parseArray(text).map((item) => (item === null ? null : BigInt(item)))],
  // Without a zone the driver would take them for local time.
  [oids.timestamp, (text) => new Date(`${text.replace(' ', 'T')}Z`)],
  [oids.date, (text) => new Date(`${text}T00:00:00Z`)],
])

/** Raw statements give what Prisma's models give: `bigint` for bigint, UTC for what has no zone. Of numeric, its text. */
export const resultTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? ownParser(oid, format),
}
