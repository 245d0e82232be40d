// Guards against a planner fault: a required field that takes arguments is merged with the client's selection of it, so
// its owner would compute from whatever arguments the client chose. Such a schema is refused before it is composed.
import {
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql'

type Fields = Map<string, FieldDefinitionNode>

/** What is wrong with the `@requires` of one subgraph's schema, one line per fault. */
export function findRequiresFaults(schema: DocumentNode): string[] {
  const types = fieldsByType(schema)
  const faults: string[] = []
  for (const [type, fields] of types) {
    for (const field of fields.values()) {
      const fieldSet = requiredFieldSet(field)
      if (fieldSet === null) continue
      for (const required of fieldsWithArguments(types, type, parseFieldSet(fieldSet))) {
        faults.push(
          `${placeOf(field)}${type}.${field.name.value} requires ${required}, which takes arguments: the planner may answer it with the client's`,
        )
      }
    }
  }
  return faults
}

function fieldsWithArguments(
  types: Map<string, Fields>,
  type: string,
  selections: SelectionSetNode,
): string[] {
  return selections.selections.flatMap((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return []
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return fieldsWithArguments(types, selection.typeCondition?.name.value ?? type, selection.selectionSet)
    }
    const definition = types.get(type)?.get(selection.name.value)
    const inner =
      definition && selection.selectionSet
        ? fieldsWithArguments(types, namedType(definition.type), selection.selectionSet)
        : []
    const hasArguments = (selection.arguments?.length ?? 0) + (definition?.arguments?.length ?? 0) > 0
    return hasArguments ? [`${type}.${selection.name.value}`, ...inner] : inner
  })
}

function requiredFieldSet(field: FieldDefinitionNode): string | null {
  const directive = field.directives?.find(({ name }) => name.value === 'requires')
  const value = directive?.arguments?.find(({ name }) => name.value === 'fields')?.value
  return value?.kind === Kind.STRING ? value.value : null
}

function fieldsByType(schema: DocumentNode): Map<string, Fields> {
  const types = new Map<string, Fields>()
  for (const definition of schema.definitions) {
    if (!('fields' in definition) || !('name' in definition)) continue
    const fields = types.get(definition.name.value) ?? new Map<string, FieldDefinitionNode>()
    for (const field of definition.fields ?? []) {
      if (field.kind === Kind.FIELD_DEFINITION) fields.set(field.name.value, field)
    }
    types.set(definition.name.value, fields)
  }
  return types
}

/** The selections of a federation field set, such as `lines { id }`. */
export function parseFieldSet(fieldSet: string): SelectionSetNode {
  const [definition] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`"${fieldSet}" is not a field set`)
  return definition.selectionSet
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type)
}

function placeOf(field: FieldDefinitionNode): string {
  return field.loc ? `${field.loc.source.name}:${String(field.loc.startToken.line)}: ` : ''
}
