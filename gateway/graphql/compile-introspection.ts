import {
  type DocumentNode,
  execute,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { CannotCompile } from '../execution/cannot-compile.ts'
import type { CompiledOperation } from '../execution/compile-operation.ts'

/**
 * An operation that asks for nothing but the schema: it is answered here. Throws CannotCompile when it asks for more. For
 * registered documents only, which whoever runs the house has chosen; all others are refused introspection or not.
 */
export function compileIntrospection(options: {
  schema: GraphQLSchema
  document: DocumentNode
  operation: OperationDefinitionNode
  formatError: (error: GraphQLFormattedError) => GraphQLFormattedError
}): CompiledOperation {
  const { schema, document, operation, formatError } = options
  const asksForMore = rootFields(document, operation.selectionSet).some((name) => !name.startsWith('__'))
  if (asksForMore) throw new CannotCompile('it asks for the schema and for something else')
  return {
    execute: async (variables) => {
      const { data, errors } = await execute({
        schema,
        document,
        variableValues:
          typeof variables === 'object' && variables !== null ? (variables as Record<string, unknown>) : {},
        options: { maxCoercionErrors: 3 },
      })
      // The executor gives these errors no code: without data they are faults of the variables.
      const told = errors?.map((error) => {
        const { message, ...rest } = error.toJSON()
        return formatError({ ...rest, message, extensions: { code: 'BAD_USER_INPUT' } })
      })
      return {
        status: data === undefined ? 400 : 200,
        body: JSON.stringify({ ...(told && { errors: told }), ...(data !== undefined && { data }) }),
        hasExtensions: false,
        hasErrors: told !== undefined,
        tags: null,
      }
    },
  }
}

function rootFields(document: DocumentNode, { selections }: SelectionSetNode): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(document, selection.selectionSet)
    const fragment = document.definitions.find(
      (definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value,
    )
    return fragment?.kind === Kind.FRAGMENT_DEFINITION ? rootFields(document, fragment.selectionSet) : []
  })
}
