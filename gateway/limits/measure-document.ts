// Structural limits, checked before validation: some validation rules cost the square of what they are given, and the
// planner more. Fragments count as often as they are spread, so that they cannot hide anything.
import {
  type DirectiveNode,
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  type TypeNode,
} from 'graphql'
import { createArgumentCheck } from './check-arguments.ts'
import { limits, tooLarge } from './limits.ts'
import { measureVariables } from './measure-variables.ts'
import { createSelectionMeasure, invalid, type Size } from './measure-selections.ts'

/** What has to be looked at again with the variables of each request. */
export interface MeasuredDocument {
  source: string
  /** For the log; null when it has none or several. */
  operationName: string | null
  /** Variables given to `first` or `last` somewhere. */
  pageSizeVariables: readonly string[]
}

/**
 * Throws a Refusal when a document is larger than anything we serve, or has fragments that make none of GraphQL. One
 * that does not parse passes: who executes it says where the mistake is.
 */
export function measureDocument(source: string): MeasuredDocument {
  let document: DocumentNode
  try {
    document = parse(source, { maxLexicalTokens: limits.tokens, noLocation: true })
  } catch (error) {
    if (error instanceof GraphQLError && error.message.endsWith('tokens. Parsing aborted.'))
      throw tooLarge('tokens')
    return { source, operationName: null, pageSizeVariables: [] }
  }
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  )
  if (operations.length > limits.operations) throw tooLarge('operations')
  const argumentCheck = createArgumentCheck()
  const selections = createSelectionMeasure(document, argumentCheck.check)
  for (const operation of operations) {
    checkVariableDefinitions(operation)
    checkSize(operation, selections.measure(operation.selectionSet))
    if (selections.countPairs(operation.selectionSet) > limits.pairs) throw tooLarge('pairs')
  }
  // Whoever validates says so too, but only after having compared all that is in it.
  const unused = selections.unused()
  if (unused !== undefined) throw invalid(`Fragment "${unused.slice(0, 80)}" is never used.`)
  return {
    source,
    operationName: nameOf(operations),
    pageSizeVariables: argumentCheck.pageSizeVariables(operations),
  }
}

/** Throws a Refusal when a variable asks for a longer page than there is, or the variables are over a limit themselves. */
export function checkPageSizeVariables(document: MeasuredDocument, variables: unknown): void {
  measureVariables(variables)
  if (typeof variables !== 'object' || variables === null) return
  for (const name of document.pageSizeVariables) {
    if (!Object.hasOwn(variables, name)) continue
    const value: unknown = (variables as Record<string, unknown>)[name]
    if (typeof value === 'number' && value > limits.pageSize) throw tooLarge('pageSize')
  }
}

function checkSize(operation: OperationDefinitionNode, size: Size): void {
  const isMutation = operation.operation === OperationTypeNode.MUTATION
  const rootLimit = isMutation ? 'rootMutations' : 'rootFields'
  const directives =
    size.directives +
    countOf(operation.directives) +
    (operation.variableDefinitions ?? []).reduce((sum, variable) => sum + countOf(variable.directives), 0)
  if (size.depth > limits.depth) throw tooLarge('depth')
  if (size.nesting > limits.nesting) throw tooLarge('nesting')
  if (size.aliases > limits.aliases) throw tooLarge('aliases')
  if (size.roots > limits[rootLimit]) throw tooLarge(rootLimit)
  if (directives > limits.directives) throw tooLarge('directives')
  if (size.fields > limits.fields) throw tooLarge('fields')
}

function checkVariableDefinitions({ variableDefinitions = [] }: OperationDefinitionNode): void {
  if (variableDefinitions.length > limits.variables) throw tooLarge('variables')
  for (const { type } of variableDefinitions) {
    let wraps = 0
    for (let inner: TypeNode = type; inner.kind !== Kind.NAMED_TYPE; inner = inner.type) wraps += 1
    if (wraps > limits.valueDepth) throw tooLarge('valueDepth')
  }
}

function nameOf(operations: readonly OperationDefinitionNode[]): string | null {
  return operations.length === 1 ? (operations[0]?.name?.value.slice(0, 80) ?? null) : null
}

function countOf(directives: readonly DirectiveNode[] | undefined): number {
  return directives?.length ?? 0
}
