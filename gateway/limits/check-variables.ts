import {
  getVariableValues,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'

/** Each error quotes the value it is in, so that thousands of them in one large object would be gigabytes of text. */
const maxErrors = 3

/**
 * What is wrong with the variables, the first few faults only; empty when they fit. The stock gateway looks for all of
 * them without an end, so nothing may come to it that has not been here.
 */
export function checkVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): readonly GraphQLError[] {
  const values = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors })
  return values.errors ?? []
}
