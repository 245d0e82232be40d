import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ExecutedOperation } from '../execution/compile-operation.ts'
import { graphqlStatus } from '../http/graphql-status.ts'
import type { CostExtension } from '../limits/rate-limit.ts'

const graphqlResponse = 'application/graphql-response+json'

export type GraphQLSender = ReturnType<typeof createGraphQLSender>

/** What is sent: the answer, or the same as bytes when several wait for it. */
export type Sendable = Pick<ExecutedOperation, 'status' | 'hasExtensions'> & { body: string | Buffer }

/**
 * Sends answers that nobody may keep, in the media type their reader accepts, with all headers at once: one by one they
 * would cost more than many an operation.
 */
export function createGraphQLSender(baseHeaders: readonly string[]) {
  return (
    request: IncomingMessage,
    response: ServerResponse,
    { status, body, hasExtensions }: Sendable,
    { requestId, cost }: { requestId: string; cost: CostExtension | null },
  ): void => {
    // `extensions` is the last member of the body, when it has one: what comes before the end is sent as it is.
    const left = cost === null ? 0 : hasExtensions ? 2 : 1
    const tail =
      cost === null ? '' : `,${hasExtensions ? '' : '"extensions":{'}"cost":${JSON.stringify(cost)}}}`
    const bytes = typeof body === 'string' ? Buffer.byteLength(body) : body.length
    const isNewType = request.headers.accept?.includes(graphqlResponse) === true
    // Its only fault that has a status is one of the variables.
    response.writeHead(graphqlStatus(request, status, 'BAD_USER_INPUT'), [
      'content-type',
      isNewType ? `${graphqlResponse}; charset=utf-8` : 'application/json; charset=utf-8',
      'content-length',
      String(bytes - left + tail.length),
      'cache-control',
      'private, no-store',
      'x-request-id',
      requestId,
      ...baseHeaders,
    ])
    if (typeof body === 'string') {
      // As long as each character is a byte, nothing needs to be encoded.
      const encoding = bytes === body.length ? 'latin1' : 'utf8'
      response.end(left === 0 ? body : body.slice(0, -left) + tail, encoding)
      return
    }
    response.cork()
    response.write(body.subarray(0, body.length - left))
    response.end(tail)
  }
}
