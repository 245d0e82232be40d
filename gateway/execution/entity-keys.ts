// Which entity a response tells of: the cache finds by these what an event makes stale.
import { type GraphQLSchema, isObjectType, Kind, parse } from 'graphql'

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
