// What is asked for beyond what the client asked: the response's shape stays that of the client's document.
import {
  type DocumentNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
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
 * The document as it is planned: with `__typename` where everything else may be skipped or of another type, since the
 * planner asks for nothing there and an object that exists would come out null; and, with `entityKeys`, with the keys of
 * all entities.
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
          if (keys !== '') append(selectionSet, keys)
          else if (!selectionSet.selections.some(isAlwaysAsked)) append(selectionSet, '__typename')
        },
      },
    }),
  )
  return prepared
}

function isAlwaysAsked(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && (selection.directives ?? []).length === 0
}

function append(selectionSet: SelectionSetNode, text: string): void {
  for (const definition of parse(`{ ${text} }`, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    ;(selectionSet.selections as SelectionNode[]).push(...definition.selectionSet.selections)
  }
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
  if (hasKey && keys.every((other) => other === key)) return `__typename ${key}`
  const fragments = entities.map(({ name }, index) => `... on ${name} { __typename ${keys[index] ?? ''} }`)
  return ['__typename', ...fragments].join(' ')
}
