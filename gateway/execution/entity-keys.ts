// Which entity a response tells of: the cache finds by these what an event makes stale.
import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** Key fields by type name. */
export type EntityKeys = ReadonlyMap<string, readonly string[]>

/**
 * The key of each entity of a supergraph that has one of a single field: `id` before others. Entities and keys that
 * the API does not show have none.
 */
export function readEntityKeys(supergraph: string, schema: GraphQLSchema): EntityKeys {
  const keys = new Map<string, readonly string[]>()
  for (const definition of parse(supergraph, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue
    const type = schema.getType(definition.name.value)
    if (!isObjectType(type)) continue
    const candidates = (definition.directives ?? [])
      .filter(({ name }) => name.value === 'join__type')
      .flatMap((directive) => directive.arguments ?? [])
      .flatMap(({ name, value }) =>
        name.value === 'key' && value.kind === Kind.STRING ? [value.value.trim()] : [],
      )
      .filter((key) => Object.hasOwn(type.getFields(), key))
    const key = candidates.find((candidate) => candidate === 'id') ?? candidates[0]
    if (key !== undefined) keys.set(type.name, [key])
  }
  return keys
}

/** The document with `__typename` and key asked for wherever it asks for entities. */
export function addEntityKeys(document: DocumentNode, schema: GraphQLSchema, keys: EntityKeys): DocumentNode {
  const typeInfo = new TypeInfo(schema)
  return visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: {
        leave: (field) => {
          const type = getNamedType(typeInfo.getType())
          const added = type && field.selectionSet ? keySelections(type, schema, keys) : []
          if (!field.selectionSet || added.length === 0) return undefined
          const selectionSet: SelectionSetNode = {
            ...field.selectionSet,
            selections: [...field.selectionSet.selections, ...added],
          }
          return { ...field, selectionSet }
        },
      },
    }),
  )
}

function keySelections(type: GraphQLNamedType, schema: GraphQLSchema, keys: EntityKeys): SelectionNode[] {
  const entities = isAbstractType(type)
    ? schema.getPossibleTypes(type).filter(({ name }) => keys.has(name))
    : [type]
  const [first = type] = entities
  const names = keys.get(first.name)
  if (!names) return []
  const isSame = entities.every((entity) => keys.get(entity.name)?.join() === names.join())
  const hasAll =
    isObjectType(type) ||
    (isInterfaceType(type) && names.every((name) => Object.hasOwn(type.getFields(), name)))
  if (isSame && hasAll) return ['__typename', ...names].map(toField)
  return [
    toField('__typename'),
    ...entities.map((entity): SelectionNode => ({
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: entity.name } },
      selectionSet: {
        kind: Kind.SELECTION_SET,
        selections: ['__typename', ...(keys.get(entity.name) ?? [])].map(toField),
      },
    })),
  ]
}

function toField(name: string): SelectionNode {
  return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name } }
}
