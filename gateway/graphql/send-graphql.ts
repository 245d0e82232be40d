import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ExecutedOperation } from '../execution/compile-operation.ts'
import { graphqlStatus } from '../http/graphql-status.ts'
import type { CostExtension } from '../limits/rate-limit.ts'

const graphqlResponse = 'application/graphql-response+json'

export type GraphQLSender = ReturnType<typeof createGraphQLSender>

/**
 * Sends answers that nobody may keep, in the media type their reader accepts, with all headers at once: one by one they
 * would cost more than many an operation.
 */
export function createGraphQLSender(baseHeaders: readonly string[]) {
  return (
    request: IncomingMessage,
    response: ServerResponse,
    executed: Pick<ExecutedOperation, 'status' | 'body' | 'hasExtensions'>,
    { requestId, cost }: { requestId: string; cost: CostExtension | null },
  ): void => {
    const body = cost === null ? executed.body : withExtension(executed, `"cost":${JSON.stringify(cost)}`)
    const isNewType = request.headers.accept?.includes(graphqlResponse) === true
    // Its only fault that has a status is one of the variables.
    response.writeHead(graphqlStatus(request, executed.status, 'BAD_USER_INPUT'), [
      'content-type',
      isNewType ? `${graphqlResponse}; charset=utf-8` : 'application/json; charset=utf-8',
      'content-length',
      String(Buffer.byteLength(body)),
      'cache-control',
      'private, no-store',
      'x-request-id',
      requestId,
      ...baseHeaders,
    ])
    response.end(body)
  }
}

/** `extensions` is the last member of the body, when it has one. */
function withExtension(
  { body, hasExtensions }: Pick<ExecutedOperation, 'body' | 'hasExtensions'>,
  member: string,
): string {
  return !hasExtensions
    ? `${body.slice(0, -1)},"extensions":{${member}}}`
    : `${body.slice(0, -2)},${member}}}`
}
