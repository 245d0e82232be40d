// Which entities a response tells of, found out without our executor: the monolith is asked for the type and key of every
// object beside what the client wants.
import {
  type DocumentNode,
  getNamedType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isObjectType,
  parse,
  print,
  type SelectionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { EntityKeys } from '../entity-keys.ts'

/** The same document with `tagType` and `tagKey` in every object that may be an entity. */
export function withKeys(document: DocumentNode, schema: GraphQLSchema, keys: EntityKeys): DocumentNode {
  const typeInfo = new TypeInfo(schema)
  return visit(
    parse(print(document), { noLocation: true }),
    visitWithTypeInfo(typeInfo, {
      Field: {
        leave: (field) => {
          const type = getNamedType(typeInfo.getType())
          if (!field.selectionSet || !isCompositeType(type)) return undefined
          const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type]
          const added = possible.filter(isObjectType).flatMap(({ name }): SelectionNode[] => {
            const [key] = keys.get(name) ?? []
            return key === undefined
              ? []
              : selectionsOf(`... on ${name} { tagType: __typename tagKey: ${key} }`)
          })
          const selections = [...field.selectionSet.selections, ...added]
          return { ...field, selectionSet: { ...field.selectionSet, selections } }
        },
      },
    }),
  )
}

/** The tags of all objects in an answer to such a document, sorted. */
export function collectTags(data: unknown): string[] {
  const tags = new Set<string>()
  function collect(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    if ('tagType' in value && 'tagKey' in value) tags.add(`${String(value.tagType)}:${String(value.tagKey)}`)
    for (const inner of Object.values(value)) collect(inner)
  }
  collect(data)
  return [...tags].sort()
}

function selectionsOf(text: string): readonly SelectionNode[] {
  const [operation] = parse(`{ ${text} }`, { noLocation: true }).definitions
  return operation && 'selectionSet' in operation && operation.selectionSet
    ? operation.selectionSet.selections
    : []
}
