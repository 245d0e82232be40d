// The fast way through the gateway: a document is planned by Apollo's planner and compiled once; a request then only
// asks the subgraphs, merges what they answer and writes the response as text.
import { Supergraph, operationFromDocument } from '@apollo/federation-internals'
import { type PlanNode, QueryPlanner } from '@apollo/query-planner'
import {
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  OverlappingFieldsCanBeMergedRule,
  validate,
} from 'graphql'
import type { OperationScope } from '../graphql/operation-scope.ts'
import type { SubgraphClient } from '../subgraphs/subgraph-client.ts'
import { CannotCompile } from './cannot-compile.ts'
import type { Step } from './compile-fetch.ts'
import { compilePlan } from './compile-plan.ts'
import { compileVariables, type RequestVariables } from './compile-variables.ts'
import { readEntityKeys } from './entity-keys.ts'
import type { OperationRun } from './operation-run.ts'
import type { ResponsePath } from './compile-path.ts'
import { isOverPlannerLimit, plannerLimits, TooComplexToPlan } from './planner-limits.ts'
import { prepareDocument } from './prepare-document.ts'
import type { ReceivedObject } from './received.ts'
import { readSubgraphKeys } from './subgraph-keys.ts'
import { compileResponseWriter, type ResponseWriter } from './write-response.ts'

export interface CompiledOperation {
  /** Runs one request, with variables as the client sent them. Never rejects: the answer says what went wrong. */
  execute(variables: unknown, scope: OperationScope): Promise<ExecutedOperation>
}

export interface ExecutedOperation {
  /** 400: the variables are not what the operation asks for; no subgraph was asked. */
  status: 200 | 400
  /** The whole GraphQL response as JSON text. */
  body: string
  /** Whether it ends with `"extensions":{…}}`. */
  hasExtensions: boolean
  hasErrors: boolean
  /** `Product:0199…` for each entity told of; null when not compiled for it. */
  tags: Set<string> | null
}

export interface OperationCompiler {
  /** The API schema. */
  readonly schema: GraphQLSchema
  /**
   * Plans and compiles, about 25 ms. Throws CannotCompile for what only the stock executor does, TooComplexToPlan, and
   * GraphQLError when the document is not valid or does not hold the operation.
   */
  compile(
    document: DocumentNode,
    options: { operationName?: string | null; hasTags: boolean },
  ): CompiledOperation
}

type ErrorFormatter = (error: GraphQLFormattedError) => GraphQLFormattedError

/** Throws when no client is given for one of the supergraph's subgraphs. */
export function createOperationCompiler(options: {
  supergraph: string
  clients: readonly SubgraphClient[]
  /** Says what a client may see of an error. */
  formatError: ErrorFormatter
}): OperationCompiler {
  const { formatError } = options
  const supergraph = Supergraph.build(options.supergraph, { validateSupergraph: false })
  const clients = new Map(options.clients.map((client) => [client.name, client]))
  for (const { name } of supergraph.subgraphsMetadata()) {
    if (!clients.has(name)) throw new Error(`Nobody said where the subgraph ${name} is`)
  }
  const apiSchema = supergraph.apiSchema()
  const schema = apiSchema.toGraphQLJSSchema()
  const supergraphSchema = supergraph.schema.toGraphQLJSSchema()
  const planner = new QueryPlanner(supergraph, { debug: plannerLimits })
  const entityKeys = readEntityKeys(options.supergraph, schema)

  const keysByGraph = readSubgraphKeys(options.supergraph)
  const keys = new Map(
    [...supergraph.subgraphNameToGraphEnumValue()].map(([name, graph]) => [
      name,
      keysByGraph.get(graph) ?? new Map<string, string[][]>(),
    ]),
  )

  function planOperation(prepared: DocumentNode): PlanNode | null {
    const [operation] = prepared.definitions
    // Nothing in it can ever match.
    if (operation?.kind === Kind.OPERATION_DEFINITION && operation.selectionSet.selections.length === 0)
      return null
    const plan = planner.buildQueryPlan(operationFromDocument(apiSchema, prepared)).node
    if (plan?.kind === 'Subscription') throw new CannotCompile('The operation is a subscription')
    // Nothing to ask: `{ __typename }`.
    return plan ?? null
  }

  function compileSteps(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    hasTags: boolean,
  ): Step | null {
    const prepare = (isInlined: boolean) =>
      prepareDocument(document, { operation, schema, entityKeys: hasTags ? entityKeys : null, isInlined })
    const prepared = prepare(false)
    // An alias that takes a key's name is refused before it comes here; a tag of its value would be worse than slow.
    if (validate(schema, prepared, [OverlappingFieldsCanBeMergedRule]).length > 0) {
      throw new CannotCompile('An alias has the name of an added field')
    }
    let plan: PlanNode | null
    try {
      plan = planOperation(prepared)
    } catch (error) {
      if (isOverPlannerLimit(error)) throw new TooComplexToPlan('The planner has too much to choose from')
      // The document is valid. The planner fails on fragments that no object can match, and on a few others still.
      try {
        plan = planOperation(prepare(true))
      } catch (cause) {
        throw new CannotCompile('The planner fails', { cause })
      }
    }
    return plan ? compilePlan({ plan, clients, supergraph: supergraphSchema, keys }) : null
  }

  return {
    schema,
    compile: (document, { operationName, hasTags }) => {
      const operation = findOperation(document, operationName)
      const [invalid] = validate(schema, document)
      if (invalid) throw invalid
      const write = compileResponseWriter({ schema, document, operation, ...(hasTags && { entityKeys }) })
      return createExecution({
        readVariables: compileVariables(schema, operation),
        step: compileSteps(document, operation, hasTags),
        write,
        formatError,
      })
    },
  }
}

function findOperation(
  document: DocumentNode,
  operationName: string | null | undefined,
): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName)
  if (!operation) {
    throw new GraphQLError('Say with operationName which of the operations is meant.', {
      extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
    })
  }
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
    throw new CannotCompile('The operation is a subscription')
  }
  return operation
}

function createExecution(options: {
  readVariables: ReturnType<typeof compileVariables>
  step: Step | null
  write: ResponseWriter
  formatError: ErrorFormatter
}): CompiledOperation {
  const { readVariables, step, write, formatError } = options

  function readSent(sent: unknown): RequestVariables | { errors: readonly GraphQLError[] } {
    if (sent === undefined || sent === null) return readVariables({})
    if (typeof sent !== 'object' || Array.isArray(sent)) {
      return { errors: [new GraphQLError('The variables must be an object.')] }
    }
    try {
      return readVariables(sent as Record<string, unknown>)
    } catch {
      return { errors: [new GraphQLError('The variables are nested too deep.')] }
    }
  }

  function refuse(errors: readonly GraphQLError[]): ExecutedOperation {
    const formatted = errors.map((error) =>
      formatError({ ...error.toJSON(), extensions: { ...error.extensions, code: 'BAD_USER_INPUT' } }),
    )
    return {
      status: 400,
      body: JSON.stringify({ errors: formatted }),
      hasErrors: true,
      hasExtensions: false,
      tags: null,
    }
  }

  function answer(run: OperationRun): ExecutedOperation {
    // Where an error is told already it says enough.
    const maybeUnasked = run.errors.length === 0 ? run.unasked : null
    const written = write(run.data, run.variables.coerced, maybeUnasked)
    const { json, valueCompletion, tags } = written
    explainIncomplete(run, written.unasked)
    if (run.errors.length > 0) {
      const errors = run.errors.toSorted((a, b) => a.order - b.order).map(({ error }) => formatError(error))
      return {
        status: 200,
        body: `{"errors":${JSON.stringify(errors)},"data":${json}}`,
        hasErrors: true,
        hasExtensions: false,
        tags,
      }
    }
    if (valueCompletion.length === 0) {
      return { status: 200, body: `{"data":${json}}`, hasErrors: false, hasExtensions: false, tags }
    }
    const completion = valueCompletion.map(({ message, path }) => ({
      message,
      path,
      extensions: { code: 'INVALID_GRAPHQL' },
    }))
    const extensions = JSON.stringify({ valueCompletion: completion })
    return {
      status: 200,
      body: `{"data":${json},"extensions":${extensions}}`,
      hasErrors: false,
      hasExtensions: true,
      tags,
    }
  }

  return {
    execute: async (sent, scope) => {
      const variables = readSent(sent)
      if ('errors' in variables) return refuse(variables.errors)
      const data: ReceivedObject = {}
      const run: OperationRun = {
        scope,
        variables,
        variableTexts: new Map(),
        data,
        interned: new Map(),
        errors: [],
        incomplete: [],
        unasked: null,
      }
      try {
        if (step) await step(run)
        return answer(run)
      } catch (error) {
        // Only a fault of ours, or an answer that is not what its subgraph's schema says.
        const message = error instanceof Error ? error.message : String(error)
        const formatted = formatError({ message, extensions: { code: 'INTERNAL_SERVER_ERROR' } })
        const body = JSON.stringify({ errors: [formatted], data: null })
        return { status: 200, body, hasErrors: true, hasExtensions: false, tags: null }
      }
    },
  }
}

/**
 * An object without what its subgraph was asked for cannot be completed by another: its fields would be null and
 * nobody would know why. Silent where an error is told already.
 */
function explainIncomplete(run: OperationRun, unasked: readonly ResponsePath[]): void {
  if (run.errors.length > 0) return
  const explain = (order: number, path: ResponsePath) => {
    const error = {
      message: 'A subgraph did not tell what another needs to complete this object.',
      path,
      extensions: { code: 'DOWNSTREAM_SERVICE_ERROR' },
    }
    run.errors.push({ order, error })
  }
  for (const { order, path, objects } of run.incomplete) {
    for (const place of path.locate(run.data, new Set(objects))) explain(order, place.path)
  }
  for (const path of unasked) explain(Number.MAX_SAFE_INTEGER, path)
}
