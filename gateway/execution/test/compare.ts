// When ours says what stock says. Data: the same values. Errors: the same paths, codes, messages and what subgraphs added
// to them, as a client sees them, in any order. What may differ is said here and nowhere else:
//
// * The order of keys: stock's is not always that of the specification; a monolith is the measure where there is one.
// * Messages of the codes that clients see only as "Something went wrong".
// * A subgraph that is down stock names once per fetch, ours once per operation.
// * An answer that is none (no data and no error, entities that are no list or too few): stock says nothing or names no
//   path, ours always says so. Then ours leaves out `valueCompletion`, which stock gives only beside no error.
// * The place of an error in a list where some items are of other types or null: stock counts only what it asked for.
import type { GraphQLFormattedError } from 'graphql'
import { errorOfNothing } from './ask-subgraphs.ts'
import type { Answer } from './executor.ts'

/**
 * How ours differs from stock where it should not, or null. `isPlace` says whether something fails at a path: asked where
 * ours and stock tell the same failure at different places.
 */
export function findDifference(
  stock: Answer,
  ours: Answer,
  isPlace: (error: GraphQLFormattedError) => boolean,
): string | null {
  if (sortedText(stock.data) !== sortedText(ours.data)) return 'data'
  const theirFaults = stock.errors.filter(({ message }) => stockFault.test(message))
  const ourFaults = ours.errors.filter(({ message }) => ourFault.test(message))
  if (theirFaults.length > 0 && ourFaults.length === 0) return 'silence about an answer that is none'
  const difference = findErrorDifference(
    stock.errors.filter((error) => !theirFaults.includes(error)),
    ours.errors.filter((error) => !ourFaults.includes(error)),
    isPlace,
  )
  if (difference !== null) return difference
  const isSaid = stock.errors.length === 0 && ourFaults.length > 0
  return isSaid || completionText(stock) === completionText(ours) ? null : 'valueCompletion'
}

const stockFault = /^Expected "data\._entities"/
const ourFault =
  /^([a-z]+ (answered without data|did not answer for \d+ entities)|A subgraph did not tell what another needs to complete this object\.)$/

function findErrorDifference(
  stock: readonly GraphQLFormattedError[],
  ours: readonly GraphQLFormattedError[],
  isPlace: (error: GraphQLFormattedError) => boolean,
): string | null {
  const others = onceWhenDown(ours)
  const theirs = onceWhenDown(stock).filter((error) => {
    const index = others.findIndex((other) => textOf(other) === textOf(error) && isSamePath(other, error))
    if (index >= 0) others.splice(index, 1)
    return index < 0
  })
  // What is left may only have another place: each has its like on the other side, and ours are where they belong.
  const texts = (errors: readonly GraphQLFormattedError[]) => String([...new Set(errors.map(textOf))].sort())
  if (texts(theirs) !== texts(others)) return 'errors'
  const misplaced = others.find(
    (error) =>
      !isPlace(error) && theirs.some((other) => textOf(other) === textOf(error) && isRealPath(other)),
  )
  return misplaced ? `an error at ${JSON.stringify(misplaced.path)}, which is not its place` : null
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

/** Nulls that the gateway made, by message and path. */
function completionText({ extensions }: Answer): string {
  const nulls = extensions?.valueCompletion
  if (!Array.isArray(nulls)) return ''
  return nulls
    .map(({ message, path }: GraphQLFormattedError) => JSON.stringify([path, message]))
    .sort()
    .join('\n')
}
