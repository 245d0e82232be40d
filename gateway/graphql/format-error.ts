import type { GraphQLFormattedError } from 'graphql'
import { currentContext } from '#platform/context/request-context.ts'
import type { Logger } from '#platform/log/logger.ts'

/** A validation message may quote a name as long as the body: enough of it to recognise is enough. */
const messageLength = 300

export type ErrorFormatter = (formatted: GraphQLFormattedError, error?: unknown) => GraphQLFormattedError

/**
 * What a client may see of an error. Subgraphs have masked theirs; this is the second wall, for what a subgraph or the
 * gateway itself failed to mask.
 */
export function createErrorFormatter(log: Logger, options: { showsSchema: boolean }): ErrorFormatter {
  return (formatted, error) => {
    const { code, requestId } = formatted.extensions ?? {}
    const place = {
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
    }
    if (typeof code !== 'string' || code === 'INTERNAL_SERVER_ERROR' || code === 'DOWNSTREAM_SERVICE_ERROR') {
      // With a request id the subgraph has masked and logged it.
      if (requestId === undefined) log.error({ err: error ?? formatted }, 'an operation failed')
      return {
        message: 'Something went wrong on our side.',
        ...place,
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: currentContext().requestId },
      }
    }
    const told = options.showsSchema ? formatted.message : withoutSchema(formatted.message)
    const message = told.length > messageLength ? `${told.slice(0, messageLength)}…` : told
    return { message, ...place, extensions: withoutInternals(formatted.extensions) }
  }
}

/** Of what graphql-js says: without its guesses, the value it quotes, and the names of fields and types it expects there. */
function withoutSchema(message: string): string {
  return message
    .replace(/ Did you mean [^]*$/, '')
    .replace(/^(Variable "\$\w+") got invalid value [^]*$/, '$1 got an invalid value.')
}

/** What Apollo adds, and what no subgraph should have sent. */
const internals = new Set(['serviceName', 'stacktrace', 'exception', 'response', 'http'])

function withoutInternals(extensions: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(extensions).filter(([name]) => !internals.has(name)))
}
