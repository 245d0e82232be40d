import { ApolloGateway } from '@apollo/gateway'
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { GraphQLError, OperationTypeNode } from 'graphql'
import type { Logger } from '#platform/log/logger.ts'
import { limits } from '../limits/measure-document.ts'
import { createAliasRule, reservedAliases } from './alias-rule.ts'
import { createErrorFormatter } from './format-error.ts'
import type { OperationScope } from './operation-scope.ts'
import type { SubgraphSource } from './subgraph-source.ts'

/** Apollo's gateway on the given subgraphs, started. Rejects when the supergraph names one that is not given. */
export async function startApollo(options: {
  supergraph: string
  sources: readonly SubgraphSource[]
  hasIntrospection: boolean
  log: Logger
}): Promise<ApolloServer<OperationScope>> {
  const { supergraph, sources, log } = options
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    logger: toApolloLogger(log),
    buildService: ({ name }) => {
      const source = sources.find((candidate) => candidate.name === name)
      if (!source) throw new Error(`Nobody said where the subgraph ${name} is`)
      return source
    },
  })
  const server = new ApolloServer<OperationScope>({
    gateway,
    logger: toApolloLogger(log),
    // Apollo's own defaults follow NODE_ENV; what is safe must not depend on somebody setting it.
    nodeEnv: 'production',
    introspection: options.hasIntrospection,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    // Documents are resolved before they come here, see documents.ts.
    persistedQueries: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxLexicalTokens: limits.tokens },
    validationOptions: { maxErrors: 10 },
    validationRules: [createAliasRule(reservedAliases(supergraph))],
    formatError: createErrorFormatter(log),
    plugins: [
      onlyKnownOperations,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  })
  await server.start()
  return server
}

/** What the document does not hold the planner answers with a failure of its own; it is the client's. */
const onlyKnownOperations: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ operation }) => {
        if (operation && operation.operation !== OperationTypeNode.SUBSCRIPTION) return Promise.resolve()
        const message = operation
          ? 'Subscriptions are not served here.'
          : 'Say with operationName which of the operations is meant.'
        const extensions = { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } }
        return Promise.reject(new GraphQLError(message, { extensions }))
      },
    }),
}

function toApolloLogger(log: Logger) {
  return {
    debug: (message?: unknown) => {
      log.debug(String(message))
    },
    // What Apollo tells at start-up is not news for who runs the house.
    info: (message?: unknown) => {
      log.debug(String(message))
    },
    warn: (message?: unknown) => {
      log.warn(String(message))
    },
    error: (message?: unknown) => {
      log.error(String(message))
    },
  }
}
