// One subgraph of a test: graphql-js over its own schema and the world. Strict about what it is asked: an operation that
// is not valid, a field it does not own, a required field that was not sent or is wrong, is an error.
import { buildSubgraphSchema } from '@apollo/subgraph'
import {
  type DocumentNode,
  execute,
  getOperationAST,
  type GraphQLField,
  type GraphQLFormattedError,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
  type TypeNode,
  validate,
  visit,
} from 'graphql'
import {
  fieldSetOf,
  findOverridden,
  type GraphFacts,
  isExternal,
  keysOf,
  type TestGraph,
} from './graph-facts.ts'
import type { Thing, World } from './world.ts'

/** What one execution of an operation shares with the subgraphs. */
export interface Run {
  world: World
  /** How many mutations have run: what they return tells their order. */
  version: number
  /** Which, by the names of their fields. */
  ran: string[]
}

export interface SubgraphRequest {
  query: string
  variables?: Record<string, unknown> | undefined
  operationName?: string | undefined
}

export interface SubgraphReply {
  data?: Record<string, unknown> | null
  errors?: GraphQLFormattedError[]
}

/** Never rejects; an operation that no subgraph should ever be sent throws. */
export type Subgraph = (request: SubgraphRequest, run: Run) => Promise<SubgraphReply>

/** A thing as one subgraph was asked about it. */
interface Asked extends Thing {
  /** What came with the question about an entity. */
  representation?: Record<string, unknown>
  /** Fields of others that may be told here. */
  provided?: SelectionSetNode | null
}

export function createSubgraph(graph: TestGraph, facts: GraphFacts, name: string): Subgraph {
  const service = graph.services.find((candidate) => candidate.name === name)
  if (!service) throw new Error(`There is no subgraph ${name}`)
  const overridden = findOverridden(graph, name)
  const strict = buildSubgraphSchema({ typeDefs: service.typeDefs })
  const lax = buildSubgraphSchema({ typeDefs: withoutChecks(service.typeDefs, strict) })
  for (const schema of [strict, lax]) attachResolvers(schema, facts, overridden, name)
  const parsed = new Map<string, DocumentNode>()

  function documentOf(query: string): DocumentNode {
    const known = parsed.get(query)
    if (known) return known
    const document = parse(query, { noLocation: true })
    const [fault] = validate(strict, document)
    if (fault) throw new Error(`${name} was asked what it does not understand: ${fault.message}\n${query}`)
    if (parsed.size > 200) parsed.clear()
    parsed.set(query, document)
    return document
  }

  return async ({ query, variables, operationName }, run) => {
    const document = documentOf(query)
    const isMutation = getOperationAST(document)?.operation === OperationTypeNode.MUTATION
    const { data, errors } = await execute({
      schema: run.world.mood === 'lax' ? lax : strict,
      document,
      rootValue: rootThing(isMutation ? 'Mutation' : 'Query'),
      contextValue: run,
      variableValues: variables ?? {},
      operationName: operationName ?? null,
    })
    // As over a network: nobody shares an object with anybody.
    return JSON.parse(JSON.stringify({ data, ...(errors && { errors }) })) as SubgraphReply
  }
}

export function rootThing(type: 'Query' | 'Mutation'): Thing {
  return { type, key: type, index: null }
}

/** Sorted, so that the order in which a client names arguments does not matter. */
export function argumentsText(args: Record<string, unknown>): string {
  const names = Object.keys(args)
  if (names.length === 0) return ''
  return JSON.stringify(args, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  )
}

/** The thing that the fields of the next mutation are about. */
export function nextMutation(run: Run, field: string): Thing {
  run.version += 1
  run.ran.push(field)
  return { type: 'Mutation', key: `Mutation#${run.version}`, index: null }
}

function attachResolvers(
  schema: GraphQLSchema,
  facts: GraphFacts,
  overridden: ReadonlySet<string>,
  subgraph: string,
): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue
    if (isAbstractType(type)) type.resolveType = (thing: Thing) => typeHere(schema, facts, thing)
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      if (field.name === '_service') continue
      if (field.name === '_entities') {
        field.resolve = (
          _: unknown,
          { representations }: { representations: Record<string, unknown>[] },
          run: Run,
        ) => representations.map((representation) => findEntity(schema, facts, representation, run, subgraph))
      } else {
        field.resolve = createResolver(type, field, facts, overridden.has(`${type.name}.${field.name}`))
      }
    }
  }
}

/** An implementation that this subgraph does not know, it knows as its interface object. */
function typeHere(schema: GraphQLSchema, facts: GraphFacts, thing: Thing): string {
  return schema.getType(thing.type) ? thing.type : facts.familyOf(thing.type)
}

function createResolver(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  facts: GraphFacts,
  isOverridden: boolean,
) {
  const coordinate = `${type.name}.${field.name}`
  const requires = fieldSetOf(field, 'requires')
  const provides = fieldSetOf(field, 'provides')
  const isForeign = isExternal(field) && !facts.isKeyField(type.name, field.name)
  return (source: Asked, args: Record<string, unknown>, run: Run): unknown => {
    if (isOverridden) return new GraphQLError(`${coordinate} is overridden`, fault)
    const granted = source.provided?.selections.find(
      (selection) => selection.kind === Kind.FIELD && selection.name.value === field.name,
    )
    if (isForeign && !granted) return new GraphQLError(`${coordinate} belongs to another subgraph`, fault)
    if (requires) {
      const wrong = findWrong(requires, source.representation ?? {}, source, facts, run.world)
      if (wrong !== null) return new GraphQLError(`${coordinate} requires ${wrong}`, fault)
    }
    const thing = type.name === 'Mutation' ? nextMutation(run, field.name) : source
    const value = run.world.value(thing, field.name, argumentsText(args))
    const inner = provides ?? (granted?.kind === Kind.FIELD ? granted.selectionSet : undefined)
    return inner ? grant(value, inner) : value
  }
}

const fault = { extensions: { code: 'WRONG_QUESTION' } }

function grant(value: unknown, provided: SelectionSetNode): unknown {
  if (Array.isArray(value)) return value.map((item) => grant(item, provided))
  return value !== null && typeof value === 'object' && 'key' in value ? { ...value, provided } : value
}

function findEntity(
  schema: GraphQLSchema,
  facts: GraphFacts,
  representation: Record<string, unknown>,
  run: Run,
  subgraph: string,
): Asked | Error | null {
  const { world } = run
  const typename = String(representation.__typename)
  const type = schema.getType(typename)
  if (!isObjectType(type) && !isInterfaceType(type))
    return new GraphQLError(`${typename} is no entity here`, fault)
  const family = facts.familyOf(typename)
  const keys = keysOf(type).filter(({ isResolvable }) => isResolvable)
  for (const index of facts.members(family)?.keys() ?? []) {
    const thing = world.entity(family, index)
    if (!thing || (typename !== family && thing.type !== typename)) continue
    const isIt = keys.some(({ selections }) => isKeyOf(selections, representation, thing, facts, world))
    if (!isIt) continue
    const place = `${subgraph} finds ${thing.key}`
    if (world.mood !== 'sound' && world.isStruck(place, 0.04)) return null
    if (world.mood === 'failing' && world.isStruck(`${place} at all`, 0.03)) {
      return new GraphQLError(`failed to find ${thing.key}`, { extensions: { code: 'NOT_FOUND' } })
    }
    return { ...thing, representation }
  }
  if (world.mood !== 'sound') return null
  return new GraphQLError(`Nobody is ${JSON.stringify(representation)}`, fault)
}

function isKeyOf(
  selections: SelectionSetNode,
  representation: Record<string, unknown>,
  thing: Thing,
  facts: GraphFacts,
  world: World,
): boolean {
  const isThere = selections.selections.every(
    (selection) => selection.kind === Kind.FIELD && representation[selection.name.value] != null,
  )
  return isThere && findWrong(selections, representation, thing, facts, world) === null
}

/** The first field of a set that is missing in what was sent, or is not what the world says. */
function findWrong(
  selections: SelectionSetNode,
  sent: Record<string, unknown>,
  thing: Thing,
  facts: GraphFacts,
  world: World,
): string | null {
  for (const selection of selections.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value
      if (condition !== undefined && condition !== thing.type && condition !== facts.familyOf(thing.type))
        continue
      const wrong = findWrong(selection.selectionSet, sent, thing, facts, world)
      if (wrong !== null) return wrong
      continue
    }
    const field = selection.name.value
    const is = sent[field]
    if (is === undefined) return field
    const should = world.value(thing, field, '')
    if (isWrong(selection.selectionSet, is, should, facts, world)) return `another ${field}`
  }
  return null
}

function isWrong(
  selections: SelectionSetNode | undefined,
  is: unknown,
  should: unknown,
  facts: GraphFacts,
  world: World,
): boolean {
  // In a failing world a null may have come from further inside.
  if (is === null) return should !== null && world.mood === 'sound'
  if (should instanceof Error || should === null) return true
  if (Array.isArray(should)) {
    if (!Array.isArray(is) || is.length !== should.length) return true
    return should.some((item, index) => isWrong(selections, is[index], item, facts, world))
  }
  if (!selections) return JSON.stringify(is) !== JSON.stringify(should)
  return findWrong(selections, is as Record<string, unknown>, should as Thing, facts, world) !== null
}

/** The schema of a subgraph that answers whatever it has: nothing is non-null, no leaf is checked. */
function withoutChecks(typeDefs: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const unchecked = (type: TypeNode): TypeNode => {
    if (type.kind === Kind.NON_NULL_TYPE) return unchecked(type.type)
    if (type.kind === Kind.LIST_TYPE) return { ...type, type: unchecked(type.type) }
    const { value } = type.name
    const isChecked = builtIn.has(value) || isEnumType(schema.getType(value))
    return isChecked ? { ...type, name: { kind: Kind.NAME, value: 'Unchecked' } } : type
  }
  const document = visit(typeDefs, {
    FieldDefinition: (field) => ({ ...field, type: unchecked(field.type) }),
  })
  return { ...document, definitions: [...document.definitions, ...parse('scalar Unchecked').definitions] }
}

const builtIn = new Set(['ID', 'Int', 'Float', 'String', 'Boolean'])
