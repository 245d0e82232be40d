// What the schema says about costs: `@cost` and `@listSize` of https://specs.apollo.dev/cost/v0.1, as composition leaves
// them in the supergraph. The API schema that clients see has lost them.
import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DocumentNode,
  getNamedType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql'

/** How long the list behind a field is. */
export interface ListSize {
  assumedSize: number | null
  /** Arguments that say how long the list is at most. */
  slicingArguments: readonly string[]
  /** The lists inside the field's object that are meant; empty when the field is the list. */
  sizedFields: readonly string[]
  requireOneSlicingArgument: boolean
}

export interface CostRules {
  readonly schema: GraphQLSchema
  /** What one object of this field costs without what is selected in it. */
  weightOfField(parent: GraphQLNamedType, field: GraphQLField<unknown, unknown>): number
  /** Null when nothing is said about the field. */
  listSizeOf(parent: GraphQLNamedType, field: GraphQLField<unknown, unknown>): ListSize | null
  /** What giving this argument or input field costs, without what is inside it. */
  weightOfInput(input: Pick<GraphQLInputField, 'type' | 'astNode'>): number
  /** Whether a value of this type never costs anything, whatever is in it. */
  isFreeInput(type: GraphQLInputType): boolean
}

const costIdentity = 'https://specs.apollo.dev/cost'

/** How long a list is of which nothing is said. */
export const assumedLength = 10

/** What there is to say about a mutation that says nothing itself: it writes. */
const mutationWeight = 10

/** Throws when the supergraph is no schema. */
export function readCostRules(supergraph: string): CostRules {
  const document = parse(supergraph, { noLocation: true })
  const schema = buildASTSchema(document, { assumeValidSDL: true, assumeValid: true })
  const names = directiveNames(document)

  function weightSaid(node: { readonly directives?: readonly ConstDirectiveNode[] } | null | undefined) {
    const weight = argumentsOf(node?.directives, names.cost)?.weight
    return typeof weight === 'number' ? Math.max(0, weight) : undefined
  }

  function weightOfType(type: GraphQLNamedType): number {
    const said = weightSaid(type.astNode)
    if (said !== undefined) return said
    if (isAbstractType(type)) return Math.max(0, ...schema.getPossibleTypes(type).map(weightOfType))
    return isCompositeType(type) || isInputObjectType(type) ? 1 : 0
  }

  /** The field itself, and for an interface the same field of every type that may stand there. */
  function possibleFields(parent: GraphQLNamedType, field: GraphQLField<unknown, unknown>) {
    if (!isInterfaceType(parent)) return [field]
    const inTypes = schema
      .getPossibleTypes(parent)
      .flatMap((type: GraphQLObjectType) => type.getFields()[field.name] ?? [])
    return [field, ...inTypes]
  }

  return {
    schema,
    weightOfField: (parent, field) => {
      const said = possibleFields(parent, field).flatMap(({ astNode }) => weightSaid(astNode) ?? [])
      if (said.length > 0) return Math.max(...said)
      return parent === schema.getMutationType() ? mutationWeight : weightOfType(getNamedType(field.type))
    },
    listSizeOf: (parent, field) => {
      for (const { astNode } of possibleFields(parent, field)) {
        const said = argumentsOf(astNode?.directives, names.listSize)
        if (said) return toListSize(said)
      }
      return conventionalSize(field)
    },
    weightOfInput: ({ type, astNode }) => weightSaid(astNode) ?? weightOfType(getNamedType(type)),
    isFreeInput: (type) => {
      const named = getNamedType(type)
      return !isInputObjectType(named) && weightOfType(named) === 0
    },
  }
}

/**
 * `first` and `last` mean the same everywhere in this house, so they need no directive: the length of the list, or of
 * `nodes` and `edges` in a connection.
 */
function conventionalSize(field: GraphQLField<unknown, unknown>): ListSize | null {
  const slicingArguments = field.args.map(({ name }) => name).filter((name) => /^(first|last)$/.test(name))
  if (slicingArguments.length === 0) return null
  const type = isNonNullType(field.type) ? field.type.ofType : field.type
  const sizedFields = isObjectType(type)
    ? ['nodes', 'edges'].filter((name) => isList(type.getFields()[name]?.type))
    : []
  return { assumedSize: null, slicingArguments, sizedFields, requireOneSlicingArgument: false }
}

function isList(type: unknown): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type)
}

function toListSize(said: Record<string, unknown>): ListSize {
  const { assumedSize, slicingArguments, sizedFields, requireOneSlicingArgument } = said
  const slicing = textsIn(slicingArguments)
  return {
    assumedSize: typeof assumedSize === 'number' ? assumedSize : null,
    slicingArguments: slicing,
    sizedFields: textsIn(sizedFields),
    requireOneSlicingArgument: slicing.length > 0 && requireOneSlicingArgument !== false,
  }
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

function argumentsOf(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): Record<string, unknown> | undefined {
  const applied = directives?.find((directive) => directive.name.value === name)
  if (!applied) return undefined
  return Object.fromEntries(
    (applied.arguments ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]),
  )
}

/** A supergraph may import the two under other names. */
function directiveNames(document: DocumentNode): { cost: string; listSize: string } {
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue
    for (const directive of definition.directives ?? []) {
      const link = argumentsOf([directive], 'link')
      if (typeof link?.url !== 'string' || !link.url.startsWith(`${costIdentity}/`)) continue
      const prefix = typeof link.as === 'string' ? link.as : 'cost'
      return {
        // The directive that is named like its specification needs no import.
        cost: importedAs(link.import, '@cost') ?? prefix,
        listSize: importedAs(link.import, '@listSize') ?? `${prefix}__listSize`,
      }
    }
  }
  return { cost: 'cost', listSize: 'listSize' }
}

function importedAs(imports: unknown, name: string): string | undefined {
  for (const entry of Array.isArray(imports) ? (imports as unknown[]) : []) {
    if (entry === name) return name.slice(1)
    if (typeof entry !== 'object' || entry === null || !('name' in entry) || entry.name !== name) continue
    return 'as' in entry && typeof entry.as === 'string' ? entry.as.slice(1) : name.slice(1)
  }
  return undefined
}
