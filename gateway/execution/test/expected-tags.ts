// Which entities a response tells of, found out without our executor: the monolith is asked for the type and key of every
// object beside what the client wants.
import {
  type DocumentNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
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
  // A copy of our own, to write in.
  const extended = parse(print(document), { noLocation: true })
  visit(
    extended,
    visitWithTypeInfo(typeInfo, {
      Field: {
        leave: ({ selectionSet }) => {
          if (!selectionSet) return
          for (const name of possibleNames(typeInfo.getType(), schema)) {
            const [key] = keys.get(name) ?? []
            if (key === undefined) continue
            const added = selectionsOf(`... on ${name} { tagType: __typename tagKey: ${key} }`)
            ;(selectionSet.selections as SelectionNode[]).push(...added)
          }
        },
      },
    }),
  )
  return extended
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

function possibleNames(type: GraphQLOutputType | null | undefined, schema: GraphQLSchema): string[] {
  const named = schema.getType(String(type).replaceAll(/[[\]!]/g, ''))
  if (isAbstractType(named)) return schema.getPossibleTypes(named).map(({ name }) => name)
  return named ? [named.name] : []
}

function selectionsOf(text: string): readonly SelectionNode[] {
  const [operation] = parse(`{ ${text} }`, { noLocation: true }).definitions
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : []
}
