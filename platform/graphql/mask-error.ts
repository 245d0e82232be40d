import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { RequestError } from '../errors/errors.ts'
import type { Logger } from '../log/logger.ts'

/**
 * What a client may see of an error: its own fault as it is, a malformed request as graphql-js says it, and of anything
 * else only that something went wrong, with the request's id; that error goes to the log whole.
 */
export function maskError(
  error: GraphQLError,
  options: { log: Logger; requestId: string },
): GraphQLFormattedError {
  const cause = error.originalError
  const place = {
    ...(error.locations && { locations: error.locations }),
    ...(error.path && { path: error.path }),
  }
  if (cause instanceof RequestError) {
    return { message: cause.message, ...place, extensions: { ...cause.extensions, code: cause.code } }
  }
  if (cause === undefined || cause instanceof GraphQLError) {
    return { message: error.message, ...place, extensions: { code: 'BAD_USER_INPUT', ...error.extensions } }
  }
  options.log.error({ err: cause, path: error.path }, 'a resolver failed')
  return {
    message: 'Something went wrong on our side.',
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: options.requestId },
  }
}
