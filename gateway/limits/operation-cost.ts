// What an operation asks for at most, in objects: the static analysis of the GraphQL cost specification. An object
// counts 1, a scalar nothing, a list as often as it is long; `@cost` and `@listSize` say where that is wrong.
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { Refusal } from '../http/refusal.ts'
import { type Amount, largest, product, sum, valueOf, type Variables } from './amount.ts'
import { assumedLength, type CostRules, type ListSize, readCostRules } from './cost-rules.ts'
import { createInputCosts, type InputCosts, type VariableReader } from './input-cost.ts'

/** What one operation costs with these variables, as the client sent them; at least 1. Microseconds. */
export type OperationCost = (variables: unknown) => number

/**
 * Compiles the cost of documents. They must be valid and within the structural limits: here nothing is checked again.
 * An operation that is not in the document costs 1. The cost throws a Refusal where `@listSize` requires exactly one
 * slicing argument and another number of them came.
 */
export function createCostCompiler(
  supergraph: string,
): (document: DocumentNode, operationName?: string | null) => OperationCost {
  const rules = readCostRules(supergraph)
  return (document, operationName) => {
    const operation = findOperation(document, operationName)
    const root = operation && rules.schema.getRootType(operation.operation)
    if (!operation || !root) return () => 1
    const inputs = createInputCosts(rules, operation)
    const total = createSelectionCosts(rules, inputs, document)(root, [operation.selectionSet], new Map())
    return (variables) => Math.max(1, valueOf(total, toVariables(variables)))
  }
}

/** Throws a Refusal when an operation asks for more than anything we serve. */
export function assertAffordable(cost: number, maxCost: number): void {
  if (cost <= maxCost) return
  throw new Refusal(
    400,
    'OPERATION_TOO_COSTLY',
    `This operation may cost ${String(cost)}, and one may cost ${String(maxCost)}: ask for shorter pages.`,
    { cost: { requestedQueryCost: cost, maximum: maxCost } },
  )
}

/** Fields of one answer under one name, which are one field to the client and are counted once. */
interface FieldGroup {
  field: GraphQLField<unknown, unknown>
  parent: GraphQLCompositeType
  nodes: FieldNode[]
  /** The concrete types it is asked for; null for all. */
  types: ReadonlySet<string> | null
  conditions: readonly Condition[]
}

interface Condition {
  key: string
  isMet: (variables: Variables) => boolean
}

interface Scope {
  parent: GraphQLCompositeType
  types: ReadonlySet<string> | null
  conditions: readonly Condition[]
}

type SizedFields = ReadonlyMap<string, Amount>

function createSelectionCosts(rules: CostRules, inputs: InputCosts, document: DocumentNode) {
  const { schema } = rules
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  )

  function costOfSelections(
    parent: GraphQLCompositeType,
    sets: readonly SelectionSetNode[],
    sized: SizedFields,
  ): Amount {
    const groups = new Map<string, FieldGroup>()
    const spread = new Set<string>()
    for (const set of sets) collect(set, { parent, types: null, conditions: [] }, groups, spread)
    const costs = [...groups.values()].map((group) => ({
      types: group.types,
      cost: costOfGroup(group, sized),
    }))
    const always = sum(costs.flatMap(({ types, cost }) => (types ? [] : [cost])))
    // Only one of the possible types is answered: the dearest counts.
    const named = new Set(costs.flatMap(({ types }) => [...(types ?? [])]))
    const bySet = new Map<string, Amount[]>()
    for (const name of named) {
      const mine = costs.flatMap((entry, index) => (entry.types?.has(name) ? [{ ...entry, index }] : []))
      bySet.set(
        mine.map(({ index }) => index).join(),
        mine.map(({ cost }) => cost),
      )
    }
    return sum([always, largest([...bySet.values()].map(sum))])
  }

  function collect(
    { selections }: SelectionSetNode,
    scope: Scope,
    groups: Map<string, FieldGroup>,
    spread: Set<string>,
  ): void {
    for (const selection of selections) {
      const conditions = withConditions(scope.conditions, selection.directives, inputs.read)
      if (!conditions) continue
      const place = placeKey(scope.types, conditions)
      if (selection.kind === Kind.FIELD) {
        const field = fieldOf(scope.parent, selection.name.value)
        if (!field) continue
        const key = `${selection.alias?.value ?? selection.name.value}|${place}`
        const group = groups.get(key)
        if (group) group.nodes.push(selection)
        else groups.set(key, { ...scope, conditions, field, nodes: [selection] })
        continue
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const key = `${selection.name.value}|${place}`
        if (spread.has(key)) continue
        spread.add(key)
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
      if (!fragment) continue
      const inner = narrow(scope, fragment.typeCondition?.name.value)
      if (inner) collect(fragment.selectionSet, { ...inner, conditions }, groups, spread)
    }
  }

  /** Null when nothing of the parent is of that type. */
  function narrow(scope: Scope, typeName: string | undefined): Scope | null {
    const type = typeName === undefined ? scope.parent : schema.getType(typeName)
    if (type === scope.parent) return scope
    if (!isCompositeType(type)) return null
    const wanted = isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [type.name]
    if (isObjectType(scope.parent)) return wanted.includes(scope.parent.name) ? scope : null
    const before = scope.types ?? new Set(schema.getPossibleTypes(scope.parent).map(({ name }) => name))
    const types = new Set(wanted.filter((name) => before.has(name)))
    if (types.size === 0) return null
    return { ...scope, parent: type, types: types.size === before.size ? scope.types : types }
  }

  function costOfGroup({ field, parent, nodes, conditions }: FieldGroup, sized: SizedFields): Amount {
    const [first] = nodes
    if (!first) return 0
    const { own, inside } = sizesOf(field, rules.listSizeOf(parent, field), first)
    const type = getNamedType(field.type)
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
    const each = sum([
      rules.weightOfField(parent, field),
      isCompositeType(type) ? costOfSelections(type, sets, inside) : 0,
    ])
    const depth = listDepth(field.type)
    const length = depth === 0 ? 1 : (sized.get(field.name) ?? own ?? assumedLength)
    const lists = product(length, assumedLength ** Math.max(0, depth - 1))
    return underConditions(sum([product(lists, each), inputs.costOfArguments(field, first)]), conditions)
  }

  /** How long the field itself is, and the lists inside it. */
  function sizesOf(
    field: GraphQLField<unknown, unknown>,
    said: ListSize | null,
    node: FieldNode,
  ): { own: Amount | null; inside: SizedFields } {
    const size = said && inputs.lengthOf(said, field, node)
    if (size === null) return { own: null, inside: new Map() }
    if (said?.sizedFields.length === 0) return { own: size, inside: new Map() }
    return { own: null, inside: new Map(said?.sizedFields.map((name) => [name, size])) }
  }

  return costOfSelections
}

function fieldOf(parent: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined
}

function listDepth(type: GraphQLOutputType): number {
  if (isNonNullType(type)) return listDepth(type.ofType)
  return isListType(type) ? 1 + listDepth(type.ofType) : 0
}

/** Adds what `@skip` and `@include` say; null when they leave the selection out whatever the variables are. */
function withConditions(
  outer: readonly Condition[],
  directives: readonly DirectiveNode[] | undefined,
  read: VariableReader,
): readonly Condition[] | null {
  let conditions = outer
  for (const { name, arguments: given } of directives ?? []) {
    if (name.value !== 'skip' && name.value !== 'include') continue
    const wanted = name.value === 'include'
    const value = given?.[0]?.value
    if (value?.kind === Kind.BOOLEAN) {
      if (value.value !== wanted) return null
    } else if (value?.kind === Kind.VARIABLE) {
      const variable = value.name.value
      const key = `${name.value}:${variable}`
      if (conditions.some((known) => known.key === key)) continue
      conditions = [...conditions, { key, isMet: (variables) => read(variables, variable) === wanted }]
    }
  }
  return conditions
}

function underConditions(cost: Amount, conditions: readonly Condition[]): Amount {
  if (conditions.length === 0 || cost === 0) return cost
  return (variables) => (conditions.every(({ isMet }) => isMet(variables)) ? valueOf(cost, variables) : 0)
}

function placeKey(types: ReadonlySet<string> | null, conditions: readonly Condition[]): string {
  return `${types ? [...types].join() : ''}|${conditions.map(({ key }) => key).join()}`
}

function findOperation(
  document: DocumentNode,
  name: string | null | undefined,
): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  )
  if (name === null || name === undefined) return operations.length === 1 ? operations[0] : undefined
  return operations.find((operation) => operation.name?.value === name)
}

function toVariables(variables: unknown): Variables {
  return typeof variables === 'object' && variables !== null ? (variables as Variables) : {}
}
