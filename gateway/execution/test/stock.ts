// @apollo/gateway as it is, on the subgraphs of a test.
import { ApolloGateway } from '@apollo/gateway'
import { getOperationAST, GraphQLError, type GraphQLFormattedError } from 'graphql'
import type { Answer, AskSubgraph, Executor } from './executor.ts'
import type { Run } from './subgraph.ts'

// NOTE: It tells Apollo how it is doing unless it is asked not to.
process.env.APOLLO_TELEMETRY_DISABLED = 'true'

/** Plans are kept for the documents that were asked last. */
export async function startStock(
  supergraph: string,
  ask: AskSubgraph,
): Promise<Executor & { stop: () => Promise<void> }> {
  const plans = new Map<string, unknown>()
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    logger: silent,
    queryPlannerConfig: {
      cache: {
        get: (key: string) => Promise.resolve(plans.get(key)),
        set: (key: string, plan: unknown) => {
          if (plans.size > 10) plans.clear()
          plans.set(key, plan)
          return Promise.resolve()
        },
        delete: (key: string) => Promise.resolve(plans.delete(key)),
        clear: () => {
          plans.clear()
        },
      } as never,
    },
    buildService: ({ name }) => ({
      process: async ({ request, context }) => {
        const { query, variables, operationName } = request
        return await ask(name, { query: query ?? '', variables, operationName }, context as Run)
      },
    }),
  })
  const { executor } = await gateway.load()
  const executes: Executor = {
    name: 'stock',
    execute: async ({ text, document, operationName, variables }, run) => {
      const request = { query: text, variables, ...(operationName !== undefined && { operationName }) }
      const operation = getOperationAST(document, operationName)
      try {
        const result = await executor({
          request,
          document,
          operation,
          operationName: operationName ?? null,
          queryHash: text,
          source: text,
          schema: undefined,
          context: run,
          logger: silent,
          metrics: {},
          cache: undefined,
          overallCachePolicy: undefined,
        } as never)
        return toAnswer(result as never)
      } catch (error) {
        return { data: undefined, errors: [{ message: String(error) }], extensions: undefined }
      }
    },
  }
  return { ...executes, stop: async () => gateway.stop() }
}

function toAnswer(result: {
  data?: Record<string, unknown> | null
  errors?: readonly Error[]
  extensions?: Record<string, unknown>
}): Answer {
  const errors = (result.errors ?? []).map((error): GraphQLFormattedError =>
    error instanceof GraphQLError ? error.toJSON() : { message: error.message },
  )
  return JSON.parse(JSON.stringify({ data: result.data, errors, extensions: result.extensions })) as Answer
}

function nothing(): void {
  // Failures are what the test is about.
}

const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing }
