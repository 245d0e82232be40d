// Which fields an object gets in a response, by its type: selections merged over fragments in the order of the
// specification, with `@skip` and `@include` decided. Both ways of writing a response (generated code, and the
// interpreter for answers that break the schema) begin here.
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { CannotCompile } from './cannot-compile.ts'

/** What one operation is read with. */
export interface Selections {
  schema: GraphQLSchema
  fragments: ReadonlyMap<string, FragmentDefinitionNode>
}

/**
 * Every selection of a field that applies to an object of a type, in document order, not yet merged by response name.
 * The type is abstract only for an object that does not tell its own.
 */
export type FieldReader = (on: SelectionsOn, objectType: GraphQLCompositeType) => readonly SelectedField[]

/** One selection of a field as it stands in the document, with the type whose field it names there. */
export interface SelectedField {
  responseName: string
  fieldName: string
  /** The type that the nearest fragment names, else the object's own: messages name it. */
  parent: GraphQLCompositeType
  /** Null for `__typename`. */
  type: GraphQLOutputType | null
  selectionSet: SelectionSetNode | null
}

/** A selection set and the type it selects from: as the schema declares it, so perhaps an interface of the object's. */
export interface SelectionsOn {
  selectionSet: SelectionSetNode
  type: GraphQLCompositeType
}

/** The fragments of a document, by name. */
export function readFragments(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  return fragments
}

/** Reads fields for one set of conditions, each selection set once for each type. */
export function createFieldReader(
  selections: Selections,
  variables: Readonly<Record<string, unknown>>,
): FieldReader {
  const known = new Map<SelectionSetNode, Map<string, readonly SelectedField[]>>()
  return (on, objectType) => {
    const byTypes = known.get(on.selectionSet) ?? new Map<string, readonly SelectedField[]>()
    known.set(on.selectionSet, byTypes)
    const types = `${on.type.name} ${objectType.name}`
    const fields = byTypes.get(types) ?? [...selectedFields(selections, on, objectType, variables)]
    byTypes.set(types, fields)
    return fields
  }
}

function* selectedFields(
  selections: Selections,
  on: SelectionsOn,
  objectType: GraphQLCompositeType,
  variables: Readonly<Record<string, unknown>>,
  parent: GraphQLCompositeType = objectType,
): Generator<SelectedField> {
  for (const selection of on.selectionSet.selections) {
    if (!isIncluded(selection, variables)) continue
    if (selection.kind === Kind.FIELD) {
      yield selectedField(selection, on.type, parent)
      continue
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? selections.fragments.get(selection.name.value) : selection
    if (!fragment) throw new CannotCompile('a fragment that the document lacks')
    const { selectionSet } = fragment
    if (!fragment.typeCondition) {
      yield* selectedFields(selections, { selectionSet, type: on.type }, objectType, variables, parent)
      continue
    }
    const type = selections.schema.getType(fragment.typeCondition.name.value)
    if (!isCompositeType(type)) throw new CannotCompile('a fragment on what is no composite type')
    if (!isOfType(selections.schema, objectType, type)) continue
    yield* selectedFields(selections, { selectionSet, type }, objectType, variables, type)
  }
}

/** Whether every object of the one type is also of the other. */
function isOfType(schema: GraphQLSchema, type: GraphQLCompositeType, other: GraphQLCompositeType): boolean {
  if (type === other) return true
  return isAbstractType(other) && 'getInterfaces' in type && schema.isSubType(other, type)
}

/**
 * The names of the variables that decide what is skipped or included, sorted.
 * Throws CannotCompile for introspection.
 */
export function conditionVariables(
  { fragments }: Selections,
  selectionSet: SelectionSetNode,
): readonly string[] {
  const names = new Set<string>()
  const spread = new Set<string>()
  function read(node: SelectionSetNode): void {
    for (const selection of node.selections) {
      for (const { value } of conditions(selection)) {
        if (value.kind === Kind.VARIABLE) names.add(value.name.value)
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value)
        if (fragment && !spread.has(selection.name.value)) {
          spread.add(selection.name.value)
          read(fragment.selectionSet)
        }
        continue
      }
      if (selection.kind === Kind.FIELD && /^__(schema|type)$/.test(selection.name.value)) {
        throw new CannotCompile('introspection')
      }
      if (selection.selectionSet) read(selection.selectionSet)
    }
  }
  read(selectionSet)
  return [...names].sort()
}

function selectedField(
  node: FieldNode,
  owner: GraphQLCompositeType,
  parent: GraphQLCompositeType,
): SelectedField {
  const fieldName = node.name.value
  const responseName = node.alias?.value ?? fieldName
  if (fieldName === '__typename') {
    return { responseName, fieldName, parent, type: null, selectionSet: null }
  }
  const field = 'getFields' in owner ? owner.getFields()[fieldName] : undefined
  if (!field) throw new CannotCompile(`the field ${owner.name}.${fieldName}`)
  const selectionSet = node.selectionSet ?? null
  if (isCompositeType(getNamedType(field.type)) !== (selectionSet !== null)) {
    throw new CannotCompile(`the selections of ${owner.name}.${fieldName}`)
  }
  return { responseName, fieldName, parent, type: field.type, selectionSet }
}

function isIncluded(selection: SelectionNode, variables: Readonly<Record<string, unknown>>): boolean {
  if (!selection.directives || selection.directives.length === 0) return true
  return conditions(selection).every(({ isSkip, value }) => {
    if (value.kind === Kind.BOOLEAN) return value.value !== isSkip
    if (value.kind === Kind.VARIABLE) return (variables[value.name.value] === true) !== isSkip
    throw new CannotCompile('a condition that is no boolean')
  })
}

function conditions(selection: SelectionNode) {
  return (selection.directives ?? []).flatMap((directive) => {
    const isSkip = directive.name.value === 'skip'
    if (!isSkip && directive.name.value !== 'include') return []
    return [{ isSkip, value: ifArgument(directive) }]
  })
}

function ifArgument(directive: DirectiveNode) {
  const argument = directive.arguments?.find(({ name }) => name.value === 'if')
  if (!argument) throw new CannotCompile(`@${directive.name.value} without a condition`)
  return argument.value
}
