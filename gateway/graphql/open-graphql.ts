// Puts the GraphQL side of the gateway together: planner, executors, limits, documents, Apollo.
import type { Logger } from '#platform/log/logger.ts'
import type { KeptAnswers } from '../cache/open-kept-answers.ts'
import type { GatewayConfig } from '../config.ts'
import type { Documents } from '../documents/documents.ts'
import { createOperationCompiler } from '../execution/compile-operation.ts'
import { dataHeaders } from '../http/security-headers.ts'
import { invalidatedTypes } from '../invalidation.ts'
import { createCostCompiler } from '../limits/operation-cost.ts'
import type { RateLimit } from '../limits/rate-limit.ts'
import type { GatewayMetrics } from '../metrics.ts'
import type { SubgraphClient } from '../subgraphs/subgraph-client.ts'
import { createAliasRule, reservedAliases } from './alias-rule.ts'
import { createRegisteredAnswers, type FilledAnswer } from './answer-registered.ts'
import { startApollo } from './apollo.ts'
import { createCachePolicies } from './cache-policy.ts'
import { createGraphQLEndpoint } from './endpoint.ts'
import { createErrorFormatter } from './format-error.ts'
import { createRegisteredOperations } from './registered-operations.ts'
import { createGraphQLSender } from './send-graphql.ts'

export type GraphQLEndpoint = ReturnType<typeof createGraphQLEndpoint>

/** Rejects when the supergraph names a subgraph that no client is given for. */
export async function openGraphQL(options: {
  config: GatewayConfig
  supergraph: string
  clients: readonly SubgraphClient[]
  documents: Documents
  kept: KeptAnswers<FilledAnswer> | null
  rateLimit: RateLimit
  metrics: GatewayMetrics
  log: Logger
}): Promise<{ endpoint: GraphQLEndpoint; close(): Promise<void> }> {
  const { config, supergraph, clients, documents, kept, rateLimit, metrics, log } = options
  const formatError = createErrorFormatter(log, { showsSchema: config.hasIntrospection })
  const compiler = createOperationCompiler({ supergraph, clients, formatError })
  const rules = [createAliasRule(reservedAliases(supergraph))]
  const costs = createCostCompiler(supergraph)
  const executions = { compiled: metrics.executor('compiled'), stock: metrics.executor('stock') }
  const { maxOperationCost: maxCost, operationTimeoutMs: timeoutMs, hasIntrospection } = config
  const apollo = await startApollo({
    ...{ supergraph, clients, compiler, costs, maxCost, executions, rules, formatError, hasIntrospection },
    log,
  })
  const operations = createRegisteredOperations({
    compiler,
    policies: createCachePolicies(supergraph, compiler.schema, invalidatedTypes),
    ...{ costs, rules, formatError, log },
  })
  const ending = new AbortController()
  const answers = createRegisteredAnswers({
    ...{ kept, rateLimit, maxCost, timeoutMs },
    executions: executions.compiled,
    send: createGraphQLSender(dataHeaders(config.publicOrigin).flat()),
  })
  // A cold plan costs some 25 ms: made before anybody asks, also for documents that are registered later.
  const prepare = () => {
    void operations.prepareAll(documents.registered(), ending.signal)
  }
  documents.onChange(prepare)
  prepare()
  return {
    endpoint: createGraphQLEndpoint({
      ...{ apollo, documents, operations, answers, rateLimit, metrics, timeoutMs },
      publicOrigin: config.publicOrigin,
    }),
    close: async () => {
      ending.abort()
      await apollo.stop()
    },
  }
}
