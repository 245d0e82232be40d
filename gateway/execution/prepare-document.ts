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
  type OperationDefinitionNode,
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
import { inlineFragments } from './inline-fragments.ts'

/**
 * An operation as it is planned:
 *
 * - with the type's name where everything else may be skipped or of another type: the planner asks for nothing there,
 *   and an object that exists would come out null;
 * - with `entityKeys`, with the keys of all entities;
 * - a mutation, and with `isInlined` also a query, without named fragments: the planner moves those to the front, and
 *   a mutation's fields run in the order they are written in; and it fails on fragments that cannot match.
 */
export function prepareDocument(
  document: DocumentNode,
  options: {
    operation: OperationDefinitionNode
    schema: GraphQLSchema
    entityKeys: EntityKeys | null
    isInlined: boolean
  },
): DocumentNode {
  const { schema, entityKeys } = options
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
  // A copy of our own, to write in.
  const prepared = parse(print({ kind: Kind.DOCUMENT, definitions: [options.operation, ...fragments] }), {
    noLocation: true,
  })
  const isInlined = options.isInlined || options.operation.operation === OperationTypeNode.MUTATION
  const whole = isInlined ? withoutFragments(prepared, schema) : prepared
  const typeInfo = new TypeInfo(schema)
  visit(
    whole,
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
  return whole
}

function withoutFragments(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  const [operation] = document.definitions
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return document
  inlineFragments(operation, fragments, schema)
  return { kind: Kind.DOCUMENT, definitions: [operation] }
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
