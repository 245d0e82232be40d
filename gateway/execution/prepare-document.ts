// What is asked for beyond what the client asked: the response's shape stays that of the client's document.
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { EntityKeys } from './entity-keys.ts'

/**
 * The document as it is planned:
 *
 * - with the type's name where everything else may be skipped or of another type: the planner asks for nothing there,
 *   and an object that exists would come out null;
 * - with fragments in place of their names at the root of a mutation, since the planner would run those first;
 * - with `entityKeys`, with the keys of all entities.
 */
export function prepareDocument(
  document: DocumentNode,
  schema: GraphQLSchema,
  entityKeys: EntityKeys | null,
): DocumentNode {
  // A copy of our own, to write in.
  const prepared = parse(print(document), { noLocation: true })
  const typeInfo = new TypeInfo(schema)
  visit(
    prepared,
    visitWithTypeInfo(typeInfo, {
      Field: {
        leave: ({ selectionSet }) => {
          const type = getNamedType(typeInfo.getType())
          if (!selectionSet || !type) return
          const keys = entityKeys ? keySelection(type, schema, entityKeys) : ''
          if (keys !== '') prepend(selectionSet, keys)
          if (!selectionSet.selections.some(isAlwaysAsked)) prepend(selectionSet, presence)
        },
      },
    }),
  )
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of prepared.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  for (const definition of prepared.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    if (definition.operation === OperationTypeNode.MUTATION) putInPlace(definition.selectionSet, fragments)
  }
  return prepared
}

// The planner takes `__typename` itself for a part of the next field, and asks for that field's subgraph even when the
// field is skipped.
const presence = '_typename: __typename'

function isAlwaysAsked(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && (selection.directives ?? []).length === 0
}

function prepend(selectionSet: SelectionSetNode, text: string): void {
  const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions
  if (definition?.kind !== Kind.OPERATION_DEFINITION) return
  const selections = selectionSet.selections as SelectionNode[]
  selections.unshift(...definition.selectionSet.selections)
}

function putInPlace(
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): void {
  const selections = selectionSet.selections as SelectionNode[]
  selections.forEach((selection, index) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) putInPlace(selection.selectionSet, fragments)
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : undefined
    if (!fragment || selection.kind !== Kind.FRAGMENT_SPREAD) return
    putInPlace(fragment.selectionSet, fragments)
    const { typeCondition, selectionSet: inner } = fragment
    selections[index] = {
      kind: Kind.INLINE_FRAGMENT,
      typeCondition,
      directives: selection.directives ?? [],
      selectionSet: inner,
    }
  })
}

/** Empty for what is no entity. */
function keySelection(type: GraphQLNamedType, schema: GraphQLSchema, entityKeys: EntityKeys): string {
  const entities = isAbstractType(type)
    ? schema.getPossibleTypes(type).filter(({ name }) => entityKeys.has(name))
    : [type]
  const keys = entities.map(({ name }) => entityKeys.get(name)?.join(' ') ?? '')
  const [key] = keys
  if (key === undefined || key === '') return ''
  const hasKey =
    isObjectType(type) ||
    (isInterfaceType(type) && key.split(' ').every((name) => Object.hasOwn(type.getFields(), name)))
  if (hasKey && keys.every((other) => other === key)) return `${key} __typename`
  const fragments = entities.map(({ name }, index) => `... on ${name} { ${keys[index] ?? ''} __typename }`)
  return fragments.join(' ')
}
