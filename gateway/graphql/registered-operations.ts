// Operations known before anybody asks for them: validated, planned and compiled once, and executed without Apollo
// Server's pipeline.
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
  type ValidationRule,
} from 'graphql'
import type { Logger } from '#platform/log/logger.ts'
import { CannotCompile } from '../execution/cannot-compile.ts'
import type { CompiledOperation, OperationCompiler } from '../execution/compile-operation.ts'
import type { MeasuredDocument } from '../limits/measure-document.ts'
import type { OperationCost } from '../limits/operation-cost.ts'
import { compileIntrospection } from './compile-introspection.ts'
import type { CachePolicies, CachePolicy } from './cache-policy.ts'

export interface RegisteredOperation {
  name: string | null
  isMutation: boolean
  /** Names of its variables: others that a request sends mean nothing. */
  variables: readonly string[]
  compiled: CompiledOperation
  /** Null when its answers are private. */
  policy: CachePolicy | null
  cost: OperationCost
}

export interface RegisteredOperations {
  /**
   * The operation of a registered document, prepared at its first use (some 25 ms) unless it was before; null when only
   * Apollo can answer it: introspection among other things, several operations, or a document that does not fit the schema.
   */
  of(document: MeasuredDocument): RegisteredOperation | null
  /** Prepares documents one by one between other work. Resolves when all are, or `signal` aborts. */
  prepareAll(documents: Iterable<MeasuredDocument>, signal: AbortSignal): Promise<void>
}

export function createRegisteredOperations(options: {
  compiler: OperationCompiler
  policies: CachePolicies
  costs: (document: ReturnType<typeof parse>) => OperationCost
  rules: readonly ValidationRule[]
  formatError: (error: GraphQLFormattedError) => GraphQLFormattedError
  log: Logger
}): RegisteredOperations {
  const { compiler, policies, costs, formatError, log } = options
  const rules = [...specifiedRules, ...options.rules]
  const prepared = new WeakMap<MeasuredDocument, RegisteredOperation | null>()

  function prepare({ source }: MeasuredDocument): RegisteredOperation | null {
    try {
      const document = parse(source, { noLocation: true })
      const operations = document.definitions.filter(
        (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
      )
      const [operation] = operations
      if (!operation || operations.length > 1) return null
      const [fault] = validate(compiler.schema, document, rules, { maxErrors: 1 })
      if (fault) throw fault
      const policy = policies(document, operation)
      return {
        name: operation.name?.value ?? null,
        isMutation: operation.operation === OperationTypeNode.MUTATION,
        variables: (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value),
        compiled: compile(document, operation, policy !== null),
        policy,
        cost: costs(document),
      }
    } catch (error) {
      // Apollo's pipeline answers it, and tells the client what is wrong with it.
      if (error instanceof GraphQLError)
        log.warn({ err: error }, 'a registered document does not fit the schema')
      else if (!(error instanceof CannotCompile)) log.error({ err: error }, 'a document could not be planned')
      return null
    }
  }

  function compile(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    hasTags: boolean,
  ): CompiledOperation {
    try {
      return compiler.compile(document, { hasTags })
    } catch (error) {
      if (!(error instanceof CannotCompile)) throw error
      return compileIntrospection({ schema: compiler.schema, document, operation, formatError })
    }
  }

  function of(document: MeasuredDocument): RegisteredOperation | null {
    const known = prepared.get(document)
    if (known !== undefined) return known
    const operation = prepare(document)
    prepared.set(document, operation)
    return operation
  }

  return {
    of,
    prepareAll: async (documents, signal) => {
      for (const document of documents) {
        if (signal.aborted) return
        of(document)
        await nextTurn()
      }
    },
  }
}
