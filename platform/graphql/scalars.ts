import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'

function reject(message: string): never {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } })
}

function parseDateTime(value: unknown): Date {
  if (
    typeof value !== 'string' ||
    !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.test(value)
  ) {
    reject('A DateTime is written like 2026-11-20T09:30:00.000Z.')
  }
  const date = new Date(value)
  // Beyond these years PostgreSQL and JavaScript do not agree on what a date is.
  if (!(date.getTime() >= Date.UTC(1900) && date.getTime() < Date.UTC(2200)))
    reject('This DateTime is out of range.')
  return date
}

function parseMinorUnits(value: unknown): bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  if (typeof value !== 'string' || !/^-?(0|[1-9]\d{0,18})$/.test(value))
    reject('MinorUnits are a whole number as a string, such as "1999".')
  const units = BigInt(value)
  if (units >= 2n ** 63n || units < -(2n ** 63n)) reject('These MinorUnits are out of range.')
  return units
}

const dateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize: (value) => (value instanceof Date ? value : new Date(String(value))).toISOString(),
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : undefined),
})

const minorUnits = new GraphQLScalarType<bigint, string>({
  name: 'MinorUnits',
  serialize: (value) => String(value),
  parseValue: parseMinorUnits,
  parseLiteral: (node) =>
    parseMinorUnits(node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : undefined),
})

const json = new GraphQLScalarType({ name: 'JSON', serialize: (value) => value })

/** The scalars of the prelude: `DateTime` is a `Date` inside, `MinorUnits` a `bigint`. */
export const scalars = { DateTime: dateTime, MinorUnits: minorUnits, JSON: json }
