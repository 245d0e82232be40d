// What is right: the API's schema resolved by graphql-js itself from the same world, without any subgraph between.
import {
  execute,
  type ExecutionResult,
  getOperationAST,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  OperationTypeNode,
} from 'graphql'
import type { Operation } from './executor.ts'
import type { GraphFacts } from './graph-facts.ts'
import { argumentsText, nextMutation, rootThing, type Run } from './subgraph.ts'
import type { Thing } from './world.ts'

/** Rejects when the operation is not valid. */
export type Monolith = (operation: Operation, run: Run) => Promise<ExecutionResult>

/** Changes the given schema of the facts into an executable one. */
export function createMonolith(facts: GraphFacts): Monolith {
  const schema: GraphQLSchema = facts.apiSchema
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue
    if (isAbstractType(type)) type.resolveType = (thing: Thing) => thing.type
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      field.resolve = (source: Thing, args: Record<string, unknown>, run: Run): unknown =>
        run.world.value(
          type.name === 'Mutation' ? nextMutation(run, field.name) : source,
          field.name,
          argumentsText(args),
        )
    }
  }
  return async ({ document, variables, operationName }, run) => {
    const isMutation = getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION
    return await execute({
      schema,
      document,
      rootValue: rootThing(isMutation ? 'Mutation' : 'Query'),
      contextValue: run,
      variableValues: variables,
      operationName: operationName ?? null,
    })
  }
}
