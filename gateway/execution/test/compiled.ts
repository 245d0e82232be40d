// Our executor on the subgraphs of a test.
import { GraphQLError } from 'graphql'
import type { OperationScope } from '../../graphql/operation-scope.ts'
import type { SubgraphClient } from '../../subgraphs/subgraph-client.ts'
import { CannotCompile } from '../cannot-compile.ts'
import { type CompiledOperation, createOperationCompiler } from '../compile-operation.ts'
import type { Answer, AskSubgraph, Executor } from './executor.ts'
import type { Run, SubgraphReply, SubgraphRequest } from './subgraph.ts'

/** Rejects nothing; what it cannot compile answers with one error of the code CANNOT_COMPILE. */
export function createCompiled(options: {
  supergraph: string
  subgraphs: readonly string[]
  ask: AskSubgraph
  hasTags: boolean
}): Executor {
  const { ask, hasTags } = options
  const runs = new WeakMap<OperationScope, Run>()
  const clients = options.subgraphs.map((name): SubgraphClient => ({
    name,
    ask: async ({ body, isMutation }, scope) => {
      const run = runs.get(scope)
      if (!run) throw new Error('Another scope was passed on')
      const request = JSON.parse(body) as SubgraphRequest
      if (isMutation !== request.query.startsWith('mutation')) throw new Error(`isMutation is wrong: ${body}`)
      return (await ask(name, request, run)) satisfies SubgraphReply
    },
    isReady: () => Promise.resolve(true),
  }))
  const compiler = createOperationCompiler({
    supergraph: options.supergraph,
    clients,
    formatError: (error) => error,
  })
  let last: { text: string; compiled: CompiledOperation } | null = null

  return {
    name: hasTags ? 'compiled with tags' : 'compiled',
    execute: async ({ text, document, operationName, variables }, run) => {
      const scope = createScope()
      runs.set(scope, run)
      try {
        if (last?.text !== text) {
          last = {
            text,
            compiled: compiler.compile(document, {
              hasTags,
              ...(operationName !== undefined && { operationName }),
            }),
          }
        }
        const { body, tags } = await last.compiled.execute(variables, scope)
        const { data, errors = [], extensions } = JSON.parse(body) as Partial<Answer>
        return { data, errors, extensions, ...(tags && { tags: [...tags].sort() }) }
      } catch (error) {
        return { data: undefined, errors: [describe(error)], extensions: undefined }
      }
    },
  }
}

function describe(error: unknown) {
  if (error instanceof CannotCompile)
    return { message: error.message, extensions: { code: 'CANNOT_COMPILE' } }
  if (error instanceof GraphQLError) return error.toJSON()
  return { message: String(error), extensions: { code: 'PLANNER_FAILED' } }
}

function createScope(): OperationScope {
  return {
    requestId: 'test',
    traceparent: null,
    clientIp: null,
    accessToken: null,
    deadlineMs: Number.MAX_SAFE_INTEGER,
    signal: AbortSignal.any([]),
  }
}
