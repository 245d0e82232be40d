// Guards against a planner fault: an alias that has the name of a key or of a required field is sent to other subgraphs
// in that field's place (`{ products { id: name shippingEstimate } }` asks for the estimate of a name), and the client
// gets wrong data without an error. Such documents are refused, as are aliases that begin with two underscores, which
// could stand for `__typename` or name an object's prototype.
import {
  type ASTVisitor,
  type ConstDirectiveNode,
  type GraphQLNamedType,
  GraphQLError,
  isAbstractType,
  Kind,
  parse,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql'
import { parseFieldSet } from '../find-requires-faults.ts'

/** Names that an alias on a type must not take, by type. */
export type ReservedAliases = ReadonlyMap<string, ReadonlySet<string>>

/** Fields of keys and of `@requires` in a supergraph. */
export function reservedAliases(supergraph: string): ReservedAliases {
  const reserved = new Map<string, Set<string>>()
  const fieldTypes = new Map<string, string>()
  const fieldSets: { type: string; fieldSet: string }[] = []
  for (const definition of parse(supergraph, { noLocation: true }).definitions) {
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION
    ) {
      continue
    }
    const type = definition.name.value
    for (const fieldSet of argumentsNamed(definition.directives, 'join__type', 'key')) {
      fieldSets.push({ type, fieldSet })
    }
    for (const field of definition.fields ?? []) {
      let named = field.type
      while (named.kind !== Kind.NAMED_TYPE) named = named.type
      fieldTypes.set(`${type}.${field.name.value}`, named.name.value)
      for (const fieldSet of argumentsNamed(field.directives, 'join__field', 'requires')) {
        fieldSets.push({ type, fieldSet })
      }
    }
  }

  function reserve(type: string, { selections }: SelectionSetNode): void {
    const names = reserved.get(type) ?? new Set<string>()
    reserved.set(type, names)
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        reserve(selection.typeCondition?.name.value ?? type, selection.selectionSet)
        continue
      }
      names.add(selection.name.value)
      const inner = fieldTypes.get(`${type}.${selection.name.value}`)
      if (inner !== undefined && selection.selectionSet) reserve(inner, selection.selectionSet)
    }
  }

  for (const { type, fieldSet } of fieldSets) reserve(type, parseFieldSet(fieldSet))
  return reserved
}

/** A validation rule that refuses the aliases above. */
export function createAliasRule(reserved: ReservedAliases): (context: ValidationContext) => ASTVisitor {
  return (context) => ({
    Field(field) {
      const alias = field.alias?.value
      const parent = context.getParentType()
      if (alias === undefined || alias === field.name.value || !parent) return
      const isReserved = [parent, ...possibleTypes(context, parent)].some((type) =>
        reserved.get(type.name)?.has(alias),
      )
      if (!alias.startsWith('__') && !isReserved) return
      context.reportError(
        new GraphQLError(
          `The alias "${alias}" is not possible here: it is the name of a key. Choose another.`,
          {
            nodes: field,
            extensions: { reason: 'ALIAS_RESERVED' },
          },
        ),
      )
    },
  })
}

function possibleTypes(context: ValidationContext, type: GraphQLNamedType): readonly GraphQLNamedType[] {
  return isAbstractType(type) ? context.getSchema().getPossibleTypes(type) : []
}

function argumentsNamed(
  directives: readonly ConstDirectiveNode[] | undefined,
  directive: string,
  argument: string,
): string[] {
  return (directives ?? [])
    .filter(({ name }) => name.value === directive)
    .flatMap((applied) => applied.arguments ?? [])
    .flatMap(({ name, value }) =>
      name.value === argument && value.kind === Kind.STRING ? [value.value] : [],
    )
}
