import { ApolloGateway } from '@apollo/gateway'
import {
  ApolloServer,
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  HeaderMap,
} from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import {
  type DocumentNode,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
  type ValidationRule,
} from 'graphql'
import type { Logger } from '#platform/log/logger.ts'
import { keepApolloSilent } from '../config.ts'
import { CannotCompile } from '../execution/cannot-compile.ts'
import type { ExecutedOperation, OperationCompiler } from '../execution/compile-operation.ts'
import { Refusal } from '../http/refusal.ts'
import { checkVariables } from '../limits/check-variables.ts'
import { plannerLimits, TooComplexToPlan } from '../execution/planner-limits.ts'
import { limits } from '../limits/limits.ts'
import { assertAffordable, type OperationCost } from '../limits/operation-cost.ts'
import { type Admission, type CostExtension, rateLimited } from '../limits/rate-limit.ts'
import type { Cell } from '../metrics.ts'
import { createApolloSource } from '../subgraphs/apollo-source.ts'
import type { SubgraphClient } from '../subgraphs/subgraph-client.ts'
import type { ErrorFormatter } from './format-error.ts'
import type { OperationScope } from './operation-scope.ts'

/** An operation that was not registered is admitted when Apollo has parsed it: before that nobody knows its cost. */
export interface ApolloScope extends OperationScope {
  admit(cost: number): Promise<Admission> | Admission
}

/**
 * Apollo Server and its gateway, started: the whole pipeline, for documents that were not registered. What was planned
 * is executed by the compiled executor; what that cannot do, by Apollo's own.
 */
export async function startApollo(options: {
  supergraph: string
  clients: readonly SubgraphClient[]
  compiler: OperationCompiler
  costs: CostCompiler
  maxCost: number
  executions: { compiled: Cell; stock: Cell }
  rules: readonly ValidationRule[]
  formatError: ErrorFormatter
  hasIntrospection: boolean
  log: Logger
}): Promise<ApolloServer<ApolloScope>> {
  const { supergraph, clients, log } = options
  keepApolloSilent()
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    queryPlannerConfig: { debug: plannerLimits },
    logger: toApolloLogger(log),
    buildService: ({ name }) => {
      const client = clients.find((candidate) => candidate.name === name)
      if (!client) throw new Error(`Nobody said where the subgraph ${name} is`)
      return createApolloSource(client)
    },
  })
  const server = new ApolloServer<ApolloScope>({
    gateway: withCompiledExecutor(gateway, options),
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
    validationRules: [...options.rules],
    formatError: options.formatError,
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

type CostCompiler = (document: DocumentNode, operationName?: string | null) => OperationCost

type Gateway = ApolloServerOptionsWithGateway<ApolloScope>['gateway']

/** Executes what Apollo Server has parsed and validated: compiled where that can be. */
function withCompiledExecutor(
  gateway: ApolloGateway,
  options: Pick<Parameters<typeof startApollo>[0], 'compiler' | 'costs' | 'maxCost' | 'executions' | 'log'>,
): Gateway {
  const { compiler, costs, maxCost, executions, log } = options
  const costOf = remembered((document: DocumentNode, { name }: OperationDefinitionNode) =>
    costs(document, name?.value ?? null),
  )
  const compiledOf = remembered((document: DocumentNode, { name }: OperationDefinitionNode) => {
    try {
      return compiler.compile(document, { operationName: name?.value ?? null, hasTags: false })
    } catch (error) {
      if (error instanceof TooComplexToPlan) return error
      if (!(error instanceof CannotCompile)) log.error({ err: error }, 'an operation could not be compiled')
      return null
    }
  })

  return {
    load: async (loading) => {
      const { executor: stock } = await gateway.load(loading)
      return {
        executor: async (context) => {
          const scope = context.context as ApolloScope
          const { document, operation } = context
          // Planning costs some 25 ms: who may not ask does not make us plan.
          const charged = await admit(scope, costOf(document, operation)(context.request.variables), maxCost)
          const compiled = compiledOf(document, operation)
          if (compiled instanceof TooComplexToPlan) throw refused(tooComplex)
          executions[compiled ? 'compiled' : 'stock'].value += 1
          const answer = compiled
            ? read(await compiled.execute(context.request.variables, scope))
            : (refuseVariables(context) ?? (await stock(context)))
          return { ...answer, extensions: { ...answer.extensions, cost: charged } }
        },
      }
    },
    onSchemaLoadOrUpdate: (listener) => gateway.onSchemaLoadOrUpdate(listener),
    stop: () => gateway.stop(),
  }
}

/** Made once per operation, and kept as long as Apollo keeps its document. */
function remembered<T>(make: (document: DocumentNode, operation: OperationDefinitionNode) => T) {
  const known = new WeakMap<OperationDefinitionNode, T>()
  return (document: DocumentNode, operation: OperationDefinitionNode): T => {
    const before = known.get(operation)
    if (before !== undefined) return before
    const made = make(document, operation)
    known.set(operation, made)
    return made
  }
}

/** Null when they fit. The stock gateway would tell of every single fault. */
function refuseVariables(context: {
  schema: GraphQLSchema
  operation: OperationDefinitionNode
  request: { variables?: Record<string, unknown> }
}): ExecutionResult | null {
  const faults = checkVariables(context.schema, context.operation, context.request.variables ?? {})
  if (faults.length === 0) return null
  const extensions = { code: 'BAD_USER_INPUT', http: { status: 400 } }
  return {
    errors: faults.map(
      ({ message, nodes }) => new GraphQLError(message, { nodes: nodes ?? null, extensions }),
    ),
  }
}

/** Apollo passes on the code of an error only when it is one. */
function read({ body }: ExecutedOperation): ExecutionResult {
  const { errors, ...answer } = JSON.parse(body) as FormattedExecutionResult
  if (!errors) return answer
  return { ...answer, errors: errors.map(({ message, ...rest }) => new GraphQLError(message, rest)) }
}

async function admit(scope: ApolloScope, cost: number, maxCost: number): Promise<CostExtension> {
  try {
    assertAffordable(cost, maxCost)
    const admission = await scope.admit(cost)
    if (!admission.isAdmitted) throw rateLimited(admission)
    return admission.cost
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw refused(error)
  }
}

const tooComplex = new Refusal(
  400,
  'OPERATION_TOO_COMPLEX',
  'There are too many ways to answer this operation. Ask for less of it at a time.',
)

function refused({ status, code, message, extensions }: Refusal): GraphQLError {
  const headers = new HeaderMap()
  if (typeof extensions.retryAfterSeconds === 'number') {
    headers.set('retry-after', String(extensions.retryAfterSeconds))
  }
  return new GraphQLError(message, { extensions: { ...extensions, code, http: { status, headers } } })
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
