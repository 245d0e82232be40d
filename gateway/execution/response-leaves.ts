// Scalars and enums of a response: which values a subgraph may give for them, and their JSON text.
import { type GraphQLLeafType, isEnumType } from 'graphql'

/**
 * Whether a value, not null, may stand for a leaf of a response: the stock gateway's rules. Enum values must be in the
 * schema, `Int` is any whole number, `ID` a string or a whole number, custom scalars take everything.
 */
export function isLeafValue(type: GraphQLLeafType, value: unknown): boolean {
  switch (type.name) {
    case 'Boolean':
      return typeof value === 'boolean'
    case 'Float':
      return Number.isFinite(value)
    case 'Int':
      return isWholeNumber(value)
    case 'ID':
      return typeof value === 'string' || isWholeNumber(value)
    case 'String':
      return typeof value === 'string'
    default:
      return !isEnumType(type) || (typeof value === 'string' && type.getValue(value) !== undefined)
  }
}

/**
 * A string as JSON text: what `JSON.stringify` gives. For short strings a look at each character is faster than the call
 * (46 against 67 ns for 4 characters, even at 40).
 */
export function stringText(value: string): string {
  const length = value.length
  if (length > 32) return JSON.stringify(value)
  for (let index = 0; index < length; index += 1) {
    const code = value.charCodeAt(index)
    // Control characters, the quote, the backslash, and surrogates, which may be alone.
    if (code < 0x20 || code === 0x22 || code === 0x5c || code >= 0xd800) return JSON.stringify(value)
  }
  return `"${value}"`
}

/** Whether a value is a whole number as the stock gateway sees it: above 1e21 a number's text has an exponent. */
export function isWholeNumber(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(Number(value)) < 1e21
}
