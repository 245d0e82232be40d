// Whether the answer of an operation may be kept and shown to others, decided once when its document is registered, from
// the `@cacheControl` directives in the supergraph. Default private: every object and root field must say that it is public.
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
} from 'graphql'

export interface CachePolicy {
  /** Milliseconds; no answer is shown that was read longer ago, whatever events said. */
  maxAgeMs: number
  /** Tagged types the answer may hold: an answer with a tag of any other is not kept. */
  types: readonly string[]
  /**
   * `Product[]` for each entity type the answer holds a list of: any change of a product may change such a list. `Price[]` for
   * each tagged type without a key: nothing tells one of its values from another.
   */
  listTags: readonly string[]
  /** Entity types a root field finds one of: when it finds none, the answer changes as a list does. */
  lookups: readonly string[]
}

/** Gives the policy of an operation; null when its answer is private. The document must be valid. */
export type CachePolicies = (document: DocumentNode, operation: OperationDefinitionNode) => CachePolicy | null

interface Found {
  maxAge: number
  types: Set<string>
  lists: Set<string>
  lookups: Set<string>
}

/**
 * Reads the directives of a supergraph; `schema` is its API schema. Only entities of `taggedTypes` are told apart:
 * events make them old, the others end by their age. A tagged type without a key goes with every event about the type.
 */
export function createCachePolicies(
  supergraph: string,
  schema: GraphQLSchema,
  taggedTypes: readonly string[],
): CachePolicies {
  const { maxAges, entities } = readSupergraph(supergraph)

  function ageOfField(parent: GraphQLCompositeType, field: string, type: GraphQLOutputType): number | null {
    // An interface's field is resolved by whichever type it turns out to be: the strictest of them counts.
    const owners = isAbstractType(parent) ? [parent, ...schema.getPossibleTypes(parent)] : [parent]
    const own = owners.flatMap(({ name }) => maxAges.get(`${name}.${field}`) ?? [])
    if (own.length > 0) return Math.min(...own)
    if (parent === schema.getQueryType()) return null
    const named = getNamedType(type)
    // A leaf is as public as the object it is read from.
    return isCompositeType(named) ? (maxAges.get(named.name) ?? null) : Number.POSITIVE_INFINITY
  }

  /** False as soon as something private is met. */
  function walk(
    { selections }: SelectionSetNode,
    parent: GraphQLCompositeType,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    found: Found,
  ): boolean {
    return selections.every((selection) => {
      if (selection.kind !== Kind.FIELD) {
        const fragment =
          selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection
        const condition = fragment?.typeCondition?.name.value
        const type = condition === undefined ? parent : schema.getType(condition)
        return fragment && isCompositeType(type) && walk(fragment.selectionSet, type, fragments, found)
      }
      const field = selection.name.value
      if (field === '__typename') return true
      const definition = 'getFields' in parent ? parent.getFields()[field] : undefined
      if (!definition) return false
      const age = ageOfField(parent, field, definition.type)
      if (age === null || age <= 0) return false
      found.maxAge = Math.min(found.maxAge, age)
      const type = getNamedType(definition.type)
      if (!isCompositeType(type) || !selection.selectionSet) return true
      for (const tagged of taggedAmong(type)) {
        found.types.add(tagged)
        if (!entities.has(tagged) || hasList(definition.type)) found.lists.add(tagged)
        else if (parent === schema.getQueryType()) found.lookups.add(tagged)
      }
      return walk(selection.selectionSet, type, fragments, found)
    })
  }

  function taggedAmong(type: GraphQLCompositeType): string[] {
    const types = isObjectType(type) ? [type] : schema.getPossibleTypes(type)
    return types.flatMap(({ name }) => (taggedTypes.includes(name) ? [name] : []))
  }

  return (document, operation) => {
    const query = schema.getQueryType()
    if (operation.operation !== OperationTypeNode.QUERY || !query) return null
    const fragments = new Map<string, FragmentDefinitionNode>()
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
    }
    const found: Found = {
      maxAge: Number.POSITIVE_INFINITY,
      types: new Set(),
      lists: new Set(),
      lookups: new Set(),
    }
    if (!walk(operation.selectionSet, query, fragments, found) || !Number.isFinite(found.maxAge)) return null
    return {
      maxAgeMs: found.maxAge * 1000,
      types: [...found.types],
      listTags: [...found.lists].map(listTag),
      lookups: [...found.lookups],
    }
  }
}

/** The tag of every answer that holds a list of a type's entities. */
export function listTag(type: string): string {
  return `${type}[]`
}

/**
 * The tags of one answer: its entities, the lists it holds, and, for a type of which a lookup found nothing, the list's
 * tag: what comes to exist may be what was looked for.
 */
export function tagsOf(policy: CachePolicy, entityTags: Iterable<string>): string[] {
  const tags = new Set(policy.listTags)
  for (const tag of entityTags) if (policy.types.includes(tag.slice(0, tag.indexOf(':')))) tags.add(tag)
  for (const type of policy.lookups) {
    const prefix = `${type}:`
    if (![...tags].some((tag) => tag.startsWith(prefix))) tags.add(listTag(type))
  }
  return [...tags]
}

function readSupergraph(supergraph: string): { maxAges: Map<string, number>; entities: Set<string> } {
  const maxAges = new Map<string, number>()
  const entities = new Set<string>()
  const read = (place: string, directives: readonly ConstDirectiveNode[] = []) => {
    for (const { name, arguments: given } of directives) {
      const isKey = name.value === 'join__type' && given?.some((argument) => argument.name.value === 'key')
      if (isKey) entities.add(place)
      if (name.value !== 'cacheControl') continue
      const value = given?.find((argument) => argument.name.value === 'maxAge')?.value
      if (value?.kind === Kind.INT) maxAges.set(place, Number(value.value))
    }
  }
  for (const definition of parse(supergraph, { noLocation: true }).definitions) {
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION &&
      definition.kind !== Kind.UNION_TYPE_DEFINITION
    ) {
      continue
    }
    const type = definition.name.value
    read(type, definition.directives)
    if (!('fields' in definition)) continue
    for (const field of definition.fields ?? []) read(`${type}.${field.name.value}`, field.directives)
  }
  return { maxAges, entities }
}

function hasList(type: GraphQLOutputType): boolean {
  if (isNonNullType(type)) return hasList(type.ofType)
  return isListType(type)
}
