// Makes a failing operation as small as it can be while it still fails: what is left says what is wrong.
import {
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  print,
  type SelectionNode,
  type SelectionSetNode,
  specifiedRules,
  validate,
  type ValidationRule,
  visit,
} from 'graphql'

const attempts = 400

/** Tries at most 400 smaller documents; each that is valid and still fails is the new one to make smaller. */
export async function shrinkOperation(
  document: DocumentNode,
  schema: GraphQLSchema,
  rules: readonly ValidationRule[],
  stillFails: (document: DocumentNode) => Promise<boolean>,
): Promise<DocumentNode> {
  let smallest = document
  let left = attempts
  for (let position = 0; left > 0; position += 1) {
    const smaller = cutAt(smallest, position)
    if (!smaller) break
    const isSmaller = print(smaller).length < print(smallest).length
    if (!isSmaller || validate(schema, smaller, [...specifiedRules, ...rules]).length > 0) continue
    left -= 1
    if (await stillFails(smaller)) {
      smallest = smaller
      position = -1
    }
  }
  return smallest
}

/** The document without its n-th part; null when it has fewer. */
function cutAt(document: DocumentNode, position: number): DocumentNode | null {
  let seen = -1
  function isNext(): boolean {
    seen += 1
    return seen === position
  }
  const cut = visit(document, {
    SelectionSet: (set) => {
      if (set.selections.length > 1) {
        for (const index of set.selections.keys()) {
          if (isNext()) return { ...set, selections: set.selections.toSpliced(index, 1) }
        }
      }
      for (const [index, selection] of set.selections.entries()) {
        const inner = innerOf(selection, document)
        if (inner && isNext()) {
          return { ...set, selections: set.selections.toSpliced(index, 1, ...inner.selections) }
        }
      }
      return undefined
    },
    Directive: () => (isNext() ? null : undefined),
    Argument: () => (isNext() ? null : undefined),
    Field: (field) => {
      if (!field.alias || !isNext()) return undefined
      const { alias: _alias, ...plain } = field
      return plain
    },
  })
  return seen < position ? null : withoutUnused(cut)
}

function innerOf(selection: SelectionNode, document: DocumentNode): SelectionSetNode | undefined {
  if (selection.kind === Kind.INLINE_FRAGMENT) return selection.selectionSet
  if (selection.kind === Kind.FIELD) return undefined
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value) {
      return definition.selectionSet
    }
  }
  return undefined
}

/** Fragments and variables that nothing uses are not valid. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const [operation] = document.definitions
  if (!operation) return document
  const used = new Set<string>()
  collectSpreads(operation, document, used)
  const definitions = document.definitions.filter(
    (definition) =>
      definition === operation ||
      (definition.kind === Kind.FRAGMENT_DEFINITION && used.has(definition.name.value)),
  )
  const variables = new Set<string>()
  for (const definition of definitions) {
    const body =
      definition.kind === Kind.OPERATION_DEFINITION ? { ...definition, variableDefinitions: [] } : definition
    visit(body, { Variable: ({ name }) => void variables.add(name.value) })
  }
  return {
    ...document,
    definitions: definitions.map((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? {
            ...definition,
            variableDefinitions: (definition.variableDefinitions ?? []).filter(({ variable }) =>
              variables.has(variable.name.value),
            ),
          }
        : definition,
    ),
  }
}

function collectSpreads(node: ASTNode, document: DocumentNode, used: Set<string>): void {
  visit(node, {
    FragmentSpread: ({ name }) => {
      if (used.has(name.value)) return
      used.add(name.value)
      for (const definition of document.definitions) {
        if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name.value) {
          collectSpreads(definition, document, used)
        }
      }
    },
  })
}
