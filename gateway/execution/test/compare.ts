// When ours says what stock says. Data: the same values. Errors: the same paths, codes, messages and what subgraphs added
// to them, as a client sees them, in any order. What may differ is said here and nowhere else:
//
// * The order of keys: stock's is not always that of the specification; a monolith is the measure where there is one.
// * Messages of the codes that clients see only as "Something went wrong".
// * A subgraph that is down stock names once per fetch, ours once per operation.
// * An answer that is none (no data and no error, entities that are no list or too few): stock says nothing or names no
//   path, ours always says so. Then ours leaves out `valueCompletion`, which stock gives only beside no error.
// * An error of a question that only one of them asks.
// * Which of several failures that null the same object is told, where the fields are asked for in another order.
// * The reasons for nulls inside of what is null itself.
// * The place of an error in a list where some items are of other types or null: stock counts only what it asked for.
import type { GraphQLFormattedError } from 'graphql'
import { errorOfNothing } from './ask-subgraphs.ts'
import type { Answer } from './executor.ts'

export interface Difference {
  /** How ours differs from stock where it should not, or null. */
  fault: string | null
  /** How it differs where it may, or null. */
  allowed: string | null
}

export function compareAnswers(
  stock: Answer,
  ours: Answer,
  context: {
    /** Whether something fails at the path of an error: where ours and stock tell one failure at two places. */
    isPlace: (error: GraphQLFormattedError) => boolean
    /** How many more questions ours asked: of what is not asked no error is told. */
    moreAsked: number
    /** Ours may ask for fields in another order than stock, as in mutations: then another of several failures comes first. */
    mayReorder: boolean
  },
): Difference {
  if (sortedText(stock.data) !== sortedText(ours.data)) return { fault: 'data', allowed: null }
  const theirFaults = stock.errors.filter(({ message }) => stockFault.test(message))
  const ourFaults = ours.errors.filter(({ message }) => ourFault.test(message))
  if (theirFaults.length > 0 && ourFaults.length === 0) {
    return { fault: 'silence about an answer that is none', allowed: null }
  }
  const difference = compareErrors(
    stock.errors.filter((error) => !theirFaults.includes(error)),
    ours.errors.filter((error) => !ourFaults.includes(error)),
    { ...context, data: ours.data },
  )
  if (difference.fault !== null) return difference
  const isSaid = stock.errors.length === 0 && ourFaults.length > 0
  if (isSaid) return { fault: null, allowed: 'silence about an answer that is none' }
  return completionText(stock) === completionText(ours)
    ? difference
    : { fault: 'valueCompletion', allowed: null }
}

const stockFault = /^Expected "data\._entities"/
const ourFault =
  /^([a-z]+ (answered without data|did not answer for \d+ entities)|A subgraph did not tell what another needs to complete this object\.)$/

function compareErrors(
  stock: readonly GraphQLFormattedError[],
  ours: readonly GraphQLFormattedError[],
  context: {
    isPlace: (error: GraphQLFormattedError) => boolean
    moreAsked: number
    mayReorder: boolean
    data: Answer['data']
  },
): Difference {
  const { isPlace, moreAsked, mayReorder, data } = context
  const others = onceWhenDown(ours)
  const theirs = onceWhenDown(stock).filter((error) => {
    const index = others.findIndex((other) => textOf(other) === textOf(error) && isSamePath(other, error))
    if (index >= 0) others.splice(index, 1)
    return index < 0
  })
  if (moreAsked < 0 && others.length === 0) return { fault: null, allowed: null }
  if (moreAsked > 0 && theirs.length === 0) return { fault: null, allowed: null }
  const placeOfNull = ({ path = [] }: GraphQLFormattedError) =>
    JSON.stringify(path.slice(0, lengthOfKnown(data, path)))
  const isExplained = theirs.every((error) => ours.some((other) => placeOfNull(other) === placeOfNull(error)))
  if (mayReorder && others.length === 0 && isExplained) return { fault: null, allowed: null }
  // What is left may only have another place: each has its like on the other side, and ours are where they belong.
  const texts = (errors: readonly GraphQLFormattedError[]) => String([...new Set(errors.map(textOf))].sort())
  if (texts(theirs) !== texts(others)) return { fault: 'errors', allowed: null }
  // Where everything around is null a monolith tells only the first of several.
  const misplaced = others.find(
    (error) =>
      !others.some((other) => textOf(other) === textOf(error) && isPlace(other)) &&
      theirs.some((other) => textOf(other) === textOf(error) && isRealPath(other)),
  )
  if (misplaced) {
    return { fault: `an error at ${JSON.stringify(misplaced.path)}, which is not its place`, allowed: null }
  }
  return { fault: null, allowed: others.length > 0 ? 'an error at a place that is none' : null }
}

function isSamePath(one: GraphQLFormattedError, other: GraphQLFormattedError): boolean {
  return JSON.stringify(one.path) === JSON.stringify(other.path)
}

/** Stock lets the planner's signs into paths, and puts an error of no known entity at the root. */
function isRealPath({ path = [], message }: GraphQLFormattedError): boolean {
  return !path.includes('@') && !path.includes('_entities') && message !== errorOfNothing
}

function onceWhenDown(errors: readonly GraphQLFormattedError[]): GraphQLFormattedError[] {
  const isDown = (error: GraphQLFormattedError) => error.extensions?.code === 'SUBGRAPH_UNAVAILABLE'
  return errors.filter(
    (error, index) =>
      !isDown(error) ||
      errors.findIndex((other) => isDown(other) && textOf(other) === textOf(error)) === index,
  )
}

/** JSON with the keys of objects in one order. */
export function sortedText(data: unknown): string {
  return JSON.stringify(data ?? null, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [two]) => (one < two ? -1 : 1)))
      : value,
  )
}

/** Codes whose messages clients never see. */
const masked = new Set(['INTERNAL_SERVER_ERROR', 'DOWNSTREAM_SERVICE_ERROR'])

/** All of an error that a client sees but its path. */
function textOf({ message, extensions = {} }: GraphQLFormattedError): string {
  const { code = 'INTERNAL_SERVER_ERROR', serviceName: _service, stacktrace: _stack, ...rest } = extensions
  const isMasked = typeof code !== 'string' || masked.has(code)
  return isMasked ? 'INTERNAL_SERVER_ERROR' : JSON.stringify([code, message, rest])
}

/** Nulls that the gateway made, by message and path; inside of a null only that there is a reason for it. */
function completionText({ data, extensions }: Answer): string {
  const nulls = extensions?.valueCompletion
  if (!Array.isArray(nulls)) return ''
  const texts = nulls.map(({ message, path = [] }: GraphQLFormattedError) => {
    const known = lengthOfKnown(data, path)
    return known < path.length ? JSON.stringify(path.slice(0, known)) : JSON.stringify([path, message])
  })
  return [...new Set(texts)].sort().join('\n')
}

/** How much of a path leads to what is in the data, the null at its end included. */
function lengthOfKnown(data: unknown, path: readonly (string | number)[]): number {
  let value = data
  for (const [length, step] of path.entries()) {
    if (typeof value !== 'object' || value === null) return length
    value = (value as Record<string | number, unknown>)[step]
  }
  return path.length
}
