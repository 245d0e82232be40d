import {
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
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

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
    // A copy, since the same fragment may be spread elsewhere.
    const inner = structuredClone(fragment.selectionSet)
    inline(inner, narrowed, left)
    if (inner.selections.length === 0) return []
    return [
      {
        kind: Kind.INLINE_FRAGMENT,
        ...(condition && { typeCondition: condition }),
        directives: selection.directives ?? [],
        selectionSet: inner,
      },
    ]
  }
}

function possibleTypenames(schema: GraphQLSchema, type: GraphQLNamedType): ReadonlySet<string> {
  return new Set(isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [type.name])
}
