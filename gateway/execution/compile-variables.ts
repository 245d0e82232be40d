// Checks a request's variables as GraphQL says, and hands them on to subgraphs as they came: a subgraph coerces them
// itself, and a default travels in the operation's text.
import {
  coerceInputValue,
  getNamedType,
  getVariableValues,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  isLeafType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromAST,
  type VariableDefinitionNode,
} from 'graphql'

export interface RequestVariables {
  /** As the client sent them. */
  readonly sent: Record<string, unknown>
  /** Checked, with defaults. */
  readonly coerced: Record<string, unknown>
}

export type VariablesReader = (
  sent: Record<string, unknown>,
) => RequestVariables | { errors: readonly GraphQLError[] }

/** Accepts and refuses what `getVariableValues` of graphql-js does, with its messages. May throw RangeError for values nested too deep. */
export function compileVariables(schema: GraphQLSchema, operation: OperationDefinitionNode): VariablesReader {
  const definitions = operation.variableDefinitions ?? []
  const readers = definitions.map((definition) => compileVariable(schema, definition))
  return (sent) => {
    const coerced: Record<string, unknown> = {}
    for (const read of readers) {
      if (read(sent, coerced)) continue
      const values = getVariableValues(schema, definitions, sent, { maxErrors: 3 })
      return values.errors ? { errors: values.errors } : { sent, coerced: values.coerced }
    }
    return { sent, coerced }
  }
}

/** False: not known to be right, graphql-js shall say. */
type VariableReader = (sent: Record<string, unknown>, coerced: Record<string, unknown>) => boolean

function compileVariable(schema: GraphQLSchema, definition: VariableDefinitionNode): VariableReader {
  const name = definition.variable.name.value
  const type = typeFromAST(schema, definition.type)
  if (!isInputType(type)) return () => false
  const isRequired = isNonNullType(type)
  const hasDefault = definition.defaultValue !== undefined
  const defaultValue = hasDefault ? valueFromAST(definition.defaultValue, type) : undefined
  const coerce = compileCoercion(type)
  return (sent, coerced) => {
    const value = Object.hasOwn(sent, name) ? sent[name] : undefined
    if (value === undefined) {
      if (hasDefault) coerced[name] = defaultValue
      return hasDefault || !isRequired
    }
    if (value === null) {
      if (!isRequired) coerced[name] = null
      return !isRequired
    }
    const result = coerce(value)
    if (result !== undefined) coerced[name] = result
    return result !== undefined
  }
}

/** Undefined: not a value of the type. */
function compileCoercion(type: GraphQLInputType): (value: unknown) => unknown {
  const inner = isNonNullType(type) ? type.ofType : type
  const named = getNamedType(inner)
  if (!isListType(inner) && isLeafType(named)) {
    return (value) => {
      try {
        return named.parseValue(value) as unknown
      } catch {
        return undefined
      }
    }
  }
  return (value) => {
    let faults = 0
    const coerced: unknown = coerceInputValue(value, inner, () => {
      faults += 1
    })
    return faults === 0 ? coerced : undefined
  }
}
