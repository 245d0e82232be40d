// What the schemas of all subgraphs together say about data: which concrete types exist, what a field can hold so that
// every subgraph that tells it can say it, which fields make an object the same object everywhere.
import { Supergraph } from '@apollo/federation-internals'
import { buildSubgraphSchema } from '@apollo/subgraph'
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import { parseFieldSet } from '../../find-requires-faults.ts'

export interface TestGraph {
  name: string
  supergraph: string
  services: readonly { name: string; typeDefs: DocumentNode }[]
}

/** One level of a type: a list of something, or a named type. */
export interface Shape {
  isNullable: boolean
  item: Shape | null
}

export interface FieldFacts {
  shape: Shape
  /** The named type inside. */
  named: string
  /** Concrete types it can hold; empty for a leaf. */
  possible: string[]
  /** Those of them that clients may know of. */
  possibleShown: string[]
  /** Values it can hold when it is an enum; else empty. */
  enumValues: string[]
  enumValuesShown: string[]
}

export interface GraphFacts {
  /** What clients see. */
  apiSchema: GraphQLSchema
  schemas: ReadonlyMap<string, GraphQLSchema>
  /** Throws when no subgraph tells this field. */
  field(type: string, field: string): FieldFacts
  /** Objects of one family share their ids: the implementations of an interface with a key, or one type alone. */
  familyOf(type: string): string
  /** The concrete type of each object of a family, by its index; null when the type is no entity. */
  members(family: string): readonly string[] | null
  isKeyField(type: string, field: string): boolean
}

/** How many objects there are of each concrete type. */
const objectsPerType = 4

export function readGraphFacts(graph: TestGraph): GraphFacts {
  const apiSchema = Supergraph.build(graph.supergraph).apiSchema().toGraphQLJSSchema()
  const schemas = new Map(
    graph.services.map(({ name, typeDefs }) => [name, buildSubgraphSchema({ typeDefs })]),
  )
  const objects = [...schemas.values()].flatMap((schema) =>
    Object.values(schema.getTypeMap()).filter(isObjectType),
  )
  const familyOf = findFamilies(schemas)
  const implementations = findImplementations(schemas)
  const concrete = new Set(
    objects.map(({ name }) => name).filter((name) => !implementations.has(name) && !name.startsWith('_')),
  )
  const keys = new Map<string, Set<string>>()
  const members = new Map<string, string[]>()
  for (const schema of schemas.values()) {
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) && !isInterfaceType(type)) continue
      for (const { selections } of keysOf(type)) {
        const family = familyOf(type.name)
        const names = keys.get(family) ?? new Set<string>()
        keys.set(family, names)
        for (const selection of selections.selections) {
          if (selection.kind === Kind.FIELD) names.add(selection.name.value)
        }
      }
    }
  }
  for (const family of keys.keys()) {
    const types = [...concrete].filter((type) => familyOf(type) === family)
    members.set(family, Array.from({ length: objectsPerType }, () => types).flat())
  }

  const fields = new Map<string, FieldFacts>()
  for (const type of concrete) {
    for (const [name, tellers] of tellersOf(type, familyOf(type), schemas)) {
      fields.set(`${type}.${name}`, factsOf(tellers, implementations, apiSchema))
    }
  }
  return {
    apiSchema,
    schemas,
    field: (type, field) => {
      const facts = fields.get(`${type}.${field}`)
      if (!facts) throw new Error(`No subgraph tells ${type}.${field}`)
      return facts
    },
    familyOf,
    members: (family) => members.get(family) ?? null,
    isKeyField: (type, field) => keys.get(familyOf(type))?.has(field) ?? false,
  }
}

/** The keys of a type as one subgraph declares them. */
export function keysOf(type: {
  astNode?: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined
}): { selections: SelectionSetNode; isResolvable: boolean }[] {
  return (type.astNode?.directives ?? [])
    .filter(({ name }) => name.value === 'key')
    .map((directive) => ({
      selections: parseFieldSet(argumentOf(directive, 'fields')),
      isResolvable: !directive.arguments?.some(
        ({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value,
      ),
    }))
}

/** The field set that a field's directive names, such as that of `@requires`. */
export function fieldSetOf(
  field: { astNode?: FieldDefinitionNode | null | undefined },
  directive: 'requires' | 'provides',
): SelectionSetNode | null {
  const applied = field.astNode?.directives?.find(({ name }) => name.value === directive)
  return applied ? parseFieldSet(argumentOf(applied, 'fields')) : null
}

export function isExternal(field: { astNode?: FieldDefinitionNode | null | undefined }): boolean {
  return field.astNode?.directives?.some(({ name }) => name.value === 'external') ?? false
}

/** `Type.field` of what another subgraph took over from the named one. */
export function findOverridden(graph: TestGraph, subgraph: string): Set<string> {
  const overridden = new Set<string>()
  for (const { typeDefs } of graph.services) {
    for (const definition of typeDefs.definitions) {
      if (!('fields' in definition) || !('name' in definition)) continue
      for (const field of definition.fields ?? []) {
        const directive = field.directives?.find(({ name }) => name.value === 'override')
        if (directive && argumentOf(directive, 'from') === subgraph) {
          overridden.add(`${definition.name.value}.${field.name.value}`)
        }
      }
    }
  }
  return overridden
}

function argumentOf(directive: ConstDirectiveNode, argument: string): string {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value
  if (value?.kind !== Kind.STRING) throw new Error(`@${directive.name.value} without ${argument}`)
  return value.value
}

/** Every interface of every subgraph with all that implements it anywhere. */
function findImplementations(schemas: ReadonlyMap<string, GraphQLSchema>): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const schema of schemas.values()) {
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isInterfaceType(type)) continue
      const names = found.get(type.name) ?? new Set<string>()
      found.set(type.name, names)
      for (const { name } of schema.getPossibleTypes(type)) names.add(name)
    }
  }
  return found
}

function findFamilies(schemas: ReadonlyMap<string, GraphQLSchema>): (type: string) => string {
  const families = new Map<string, string>()
  for (const schema of schemas.values()) {
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isInterfaceType(type) || keysOf(type).length === 0) continue
      for (const { name } of schema.getPossibleTypes(type)) families.set(name, type.name)
    }
  }
  return (type) => families.get(type) ?? type
}

interface Teller {
  schema: GraphQLSchema
  field: GraphQLField<unknown, unknown>
}

/** The fields of a concrete type with all who declare each; an interface object declares for all implementations. */
function tellersOf(
  type: string,
  family: string,
  schemas: ReadonlyMap<string, GraphQLSchema>,
): Map<string, Teller[]> {
  const tellers = new Map<string, Teller[]>()
  for (const schema of schemas.values()) {
    for (const name of new Set([type, family])) {
      const declared = schema.getType(name)
      if (!isObjectType(declared)) continue
      for (const field of Object.values(declared.getFields())) {
        if (field.name.startsWith('_')) continue
        tellers.set(field.name, [...(tellers.get(field.name) ?? []), { schema, field }])
      }
    }
  }
  return tellers
}

function factsOf(
  tellers: Teller[],
  implementations: Map<string, Set<string>>,
  apiSchema: GraphQLSchema,
): FieldFacts {
  const sets: string[][] = []
  const enums: string[][] = []
  let named = ''
  for (const { schema, field } of tellers) {
    named = nameInside(field.type)
    const type = schema.getType(named)
    if (isEnumType(type)) enums.push(type.getValues().map(({ name }) => name))
    else if (isAbstractType(type)) {
      // An interface object among the members stands for all it may be.
      sets.push(
        schema.getPossibleTypes(type).flatMap(({ name }) => [...(implementations.get(name) ?? [name])]),
      )
    } else if (isObjectType(type)) sets.push([...(implementations.get(named) ?? [named])])
  }
  const possible = common(sets)
  if (possible.length === 0 && sets.length > 0) throw new Error(`No two subgraphs agree on any ${named}`)
  const enumValues = common(enums)
  const shownEnum = apiSchema.getType(named)
  return {
    shape: tellers.map(({ field }) => shapeOf(field.type)).reduce(strictest),
    named,
    possible,
    possibleShown: possible.filter((type) => apiSchema.getType(type)),
    enumValues,
    enumValuesShown: enumValues.filter((value) => isEnumType(shownEnum) && shownEnum.getValue(value)),
  }
}

function common(sets: string[][]): string[] {
  const [first = [], ...rest] = sets
  return [...new Set(first)].filter((name) => rest.every((set) => set.includes(name)))
}

function nameInside(type: GraphQLOutputType): string {
  return isNonNullType(type) || isListType(type) ? nameInside(type.ofType) : type.name
}

function shapeOf(type: GraphQLOutputType): Shape {
  if (isNonNullType(type)) return { ...shapeOf(type.ofType), isNullable: false }
  return { isNullable: true, item: isListType(type) ? shapeOf(type.ofType) : null }
}

function strictest(one: Shape, other: Shape): Shape {
  return {
    isNullable: one.isNullable && other.isNullable,
    item: one.item && other.item ? strictest(one.item, other.item) : null,
  }
}
