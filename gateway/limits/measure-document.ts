// Structural limits, checked before validation: some validation rules cost the square of what they are given, and the
// planner more. Fragments count as often as they are spread, so that they cannot hide anything.
import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
  visit,
} from 'graphql'
import { Refusal } from '../http/refusal.ts'

/** Several times what the largest page of the web app needs, far below what hurts. */
export const limits = {
  tokens: 2_000,
  depth: 16,
  fields: 500,
  /** `__typename` counts: it is how a document is made long without naming any field. */
  aliases: 30,
  rootFields: 20,
  /** Few, so that one request is not many guesses at a password. */
  rootMutations: 3,
  directives: 40,
  pageSize: 100,
} as const

/** What has to be looked at again with the variables of each request. */
export interface MeasuredDocument {
  source: string
  /** For the log; null when it has none or several. */
  operationName: string | null
  /** Variables given to `first` or `last` somewhere. */
  pageSizeVariables: readonly string[]
}

interface Size {
  depth: number
  fields: number
  aliases: number
  directives: number
  /** Fields at the top, without what is inside them. */
  roots: number
}

/**
 * Throws a Refusal when a document is larger than anything we serve. One that does not parse passes: who executes it
 * says where the mistake is.
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
  const measure = createMeasure(document)
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    const size = measure(definition.selectionSet)
    const { depth, fields, aliases, roots } = size
    const isMutation = definition.operation === OperationTypeNode.MUTATION
    const directives =
      size.directives +
      countOf(definition.directives) +
      (definition.variableDefinitions ?? []).reduce((sum, variable) => sum + countOf(variable.directives), 0)
    if (depth > limits.depth) throw tooLarge('depth')
    if (aliases > limits.aliases) throw tooLarge('aliases')
    if (roots > (isMutation ? limits.rootMutations : limits.rootFields)) {
      throw tooLarge(isMutation ? 'rootMutations' : 'rootFields')
    }
    if (directives > limits.directives) throw tooLarge('directives')
    if (fields > limits.fields) throw tooLarge('fields')
  }
  return { source, operationName: nameOf(document), pageSizeVariables: checkPageSizes(document) }
}

function nameOf(document: DocumentNode): string | null {
  const names = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value ?? null] : [],
  )
  return names.length === 1 ? (names[0]?.slice(0, 80) ?? null) : null
}

/** Throws a Refusal when a variable asks for a longer page than there is. */
export function checkPageSizeVariables(document: MeasuredDocument, variables: unknown): void {
  if (typeof variables !== 'object' || variables === null) return
  for (const name of document.pageSizeVariables) {
    const value: unknown = (variables as Record<string, unknown>)[name]
    if (typeof value === 'number' && value > limits.pageSize) throw tooLarge('pageSize')
  }
}

function createMeasure(document: DocumentNode): (selections: SelectionSetNode) => Size {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  // Each fragment is measured once: one that doubles itself through others is exponential only in the numbers.
  const known = new Map<string, Size>()

  function measureFragment(name: string): Size {
    const before = known.get(name)
    const fragment = fragments.get(name)
    if (before || !fragment) return before ?? empty()
    // A fragment inside itself is no valid document; here it must only not run for ever.
    known.set(name, empty())
    const size = measure(fragment.selectionSet)
    size.directives += countOf(fragment.directives)
    known.set(name, size)
    return size
  }

  function measure({ selections }: SelectionSetNode): Size {
    const total = empty()
    for (const selection of selections) {
      total.directives += countOf(selection.directives)
      if (selection.kind === Kind.FIELD) {
        const inner = selection.selectionSet ? measure(selection.selectionSet) : empty()
        add(total, { ...inner, roots: 1, depth: inner.depth + 1, fields: inner.fields + 1 })
        if (selection.alias) total.aliases += 1
      } else {
        add(
          total,
          selection.kind === Kind.FRAGMENT_SPREAD
            ? measureFragment(selection.name.value)
            : measure(selection.selectionSet),
        )
      }
    }
    return total
  }

  return measure
}

function add(total: Size, part: Size): void {
  total.depth = Math.max(total.depth, part.depth)
  total.fields += part.fields
  total.aliases += part.aliases
  total.directives += part.directives
  total.roots += part.roots
}

function empty(): Size {
  return { depth: 0, fields: 0, aliases: 0, directives: 0, roots: 0 }
}

function checkPageSizes(document: DocumentNode): string[] {
  const variables = new Set<string>()
  visit(document, {
    Argument({ name, value }) {
      if (name.value !== 'first' && name.value !== 'last') return
      if (value.kind === Kind.VARIABLE) variables.add(value.name.value)
      if (value.kind === Kind.INT && Number(value.value) > limits.pageSize) throw tooLarge('pageSize')
    },
  })
  visit(document, {
    VariableDefinition({ variable, defaultValue }) {
      if (!variables.has(variable.name.value) || defaultValue?.kind !== Kind.INT) return
      if (Number(defaultValue.value) > limits.pageSize) throw tooLarge('pageSize')
    },
  })
  return [...variables]
}

function countOf(directives: readonly DirectiveNode[] | undefined): number {
  return directives?.length ?? 0
}

function tooLarge(limit: keyof typeof limits): Refusal {
  return new Refusal(
    400,
    'OPERATION_TOO_LARGE',
    `This operation is over the limit of ${limit}: ${String(limits[limit])}.`,
    { limit, max: limits[limit] },
  )
}
