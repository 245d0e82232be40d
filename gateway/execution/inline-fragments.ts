/* eslint @typescript-eslint/no-unsafe-class-instance-assignment: off -- on the recursive types of syntax trees it never ends */
import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { CannotCompile } from './cannot-compile.ts'

/**
 * Rewrites an operation in place to what it means without named fragments, and without inline ones that no object can
 * match, such as one on `Book` inside one on `Film`. The operation must be the caller's own, and valid.
 */
export function inlineFragments(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  schema: GraphQLSchema,
): void {
  const root = schema.getRootType(operation.operation)
  if (root) inline(operation.selectionSet, root, new Set([root.name]))

  function inline(
    selectionSet: SelectionSetNode,
    type: GraphQLNamedType,
    typenames: ReadonlySet<string>,
  ): void {
    const inlined = selectionSet.selections.flatMap((selection) => inlineOne(selection, type, typenames))
    const selections = selectionSet.selections as SelectionNode[]
    selections.splice(0, selections.length, ...inlined)
  }

  function inlineOne(
    selection: SelectionNode,
    type: GraphQLNamedType,
    typenames: ReadonlySet<string>,
  ): SelectionNode[] {
    if (selection.kind === Kind.FIELD) {
      if (!selection.selectionSet || !(isObjectType(type) || isInterfaceType(type))) return [selection]
      const fieldType = getNamedType(type.getFields()[selection.name.value]?.type)
      if (fieldType) inline(selection.selectionSet, fieldType, possibleTypenames(schema, fieldType))
      return [selection]
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
    const condition = fragment?.typeCondition
    const narrowed = condition ? schema.getType(condition.name.value) : type
    if (!fragment || !isCompositeType(narrowed)) return []
    const possible = possibleTypenames(schema, narrowed)
    const left = new Set([...typenames].filter((name) => possible.has(name)))
    if (left.size === 0) return []
    const own = condition ? `... on ${condition.name.value}` : '...'
    const [inlined] = parseSelections(`${own} { __typename }`)
    if (inlined?.kind !== Kind.INLINE_FRAGMENT) return []
    // Copies, since the same fragment may be spread elsewhere.
    const selections = inlined.selectionSet.selections as SelectionNode[]
    selections.splice(0, 1, ...structuredClone(fragment.selectionSet.selections))
    ;(inlined.directives as DirectiveNode[]).push(...(selection.directives ?? []))
    inline(inlined.selectionSet, narrowed, left)
    return selections.length === 0 ? [] : [inlined]
  }
}

/**
 * Rewrites a mutation without named fragments in place so that its root holds nothing but fields: what a fragment there
 * says of when is said of each field. Throws CannotCompile where a field would get one directive twice.
 */
export function flattenRoot({ selectionSet }: OperationDefinitionNode): void {
  const selections = selectionSet.selections as SelectionNode[]
  selections.splice(0, selections.length, ...runOnce(flatten(selections, [])))
}

/**
 * A field that is there twice is one, and is run once; where the two have different conditions the planner runs both.
 * Throws CannotCompile where neither of the two is there always.
 */
function runOnce(selections: readonly SelectionNode[]): SelectionNode[] {
  const known = new Map<string, FieldNode>()
  return selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind !== Kind.FIELD) return [selection]
    const responseName = (selection.alias ?? selection.name).value
    const first = known.get(responseName)
    if (!first) {
      known.set(responseName, selection)
      return [selection]
    }
    const conditions = (selection.directives ?? []).map(print).join(' ')
    if (conditions === (first.directives ?? []).map(print).join(' ')) return [selection]
    if (first.directives?.length) return [elseRun(first, selection)]
    const [inside] = parseSelections('... { __typename }')
    if (inside?.kind !== Kind.INLINE_FRAGMENT || !selection.selectionSet || !first.selectionSet) return []
    // What is asked of its result still depends on the condition.
    ;(inside.selectionSet.selections as SelectionNode[]).splice(0, 1, ...selection.selectionSet.selections)
    ;(inside.directives as DirectiveNode[]).push(...(selection.directives ?? []))
    ;(first.selectionSet.selections as SelectionNode[]).push(inside)
    return []
  })
}

function flatten(selections: readonly SelectionNode[], outer: readonly DirectiveNode[]): SelectionNode[] {
  return selections.flatMap((selection) => {
    const directives = selection.directives as DirectiveNode[] | undefined
    for (const directive of outer) {
      const same = directives?.find(({ name }) => name.value === directive.name.value)
      if (!same) directives?.push(directive)
      else if (print(same) !== print(directive))
        throw new CannotCompile('A mutation has conditions in conditions')
    }
    return selection.kind === Kind.INLINE_FRAGMENT
      ? flatten(selection.selectionSet.selections, selection.directives ?? [])
      : [selection]
  })
}

/** `first` has a condition and `second` has none: it is run in its own place where the first one is not. */
function elseRun(first: FieldNode, second: FieldNode): FieldNode {
  const [condition, ...more] = first.directives ?? []
  if (second.directives?.length || !condition || more.length > 0) {
    throw new CannotCompile('A mutation is there twice under two conditions')
  }
  const { selectionSet } = structuredClone(second)
  if (selectionSet) (first.selectionSet?.selections as SelectionNode[]).push(...selectionSet.selections)
  const opposite = condition.name.value === 'skip' ? 'include' : 'skip'
  ;(second.directives as DirectiveNode[]).push({
    ...structuredClone(condition),
    name: { kind: Kind.NAME, value: opposite },
  })
  return second
}

/** Selections of our own making, from their text. */
export function parseSelections(text: string): readonly SelectionNode[] {
  const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : []
}

function possibleTypenames(schema: GraphQLSchema, type: GraphQLNamedType): ReadonlySet<string> {
  return new Set(isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [type.name])
}
