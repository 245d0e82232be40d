import type { IncomingMessage } from 'node:http'

/** The request was well formed; the document or its variables were not what we execute. */
const faultsOfOperations = new Set<unknown>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'PERSISTED_QUERY_NOT_IN_LIST',
  'BAD_USER_INPUT',
])

/**
 * The status by which a client is told of a fault. One that asks for `application/json` by that name gets 200 for a fault
 * of its operation, as GraphQL over HTTP has it: it takes any other status for that of somebody in between. Who says
 * nothing, takes anything, or knows the newer media type is told with the status itself.
 */
export function graphqlStatus(
  { headers: { accept = '' } }: IncomingMessage,
  status: number,
  code: unknown,
): number {
  if (status !== 400 || !faultsOfOperations.has(code)) return status
  return accept.includes('application/json') && !accept.includes('application/graphql-response+json')
    ? 200
    : status
}
