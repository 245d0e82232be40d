import { createHash } from 'node:crypto'
import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import { z } from 'zod'
import { badInput } from '../errors/errors.ts'
import { maskError } from '../graphql/mask-error.ts'
import type { Logger } from '../log/logger.ts'

const requestShape = z.object({
  query: z.string().max(200_000),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
})

export interface GraphQLResponse {
  data?: unknown
  errors?: readonly GraphQLFormattedError[]
}

interface Context {
  log: Logger
  requestId: string
}

/** Parsing and validating cost ten times the execution of a small operation, and the gateway repeats its documents. */
const cachedDocuments = 1_000

/**
 * Executes GraphQL request bodies against a schema; documents are parsed and validated once. Never rejects for what a
 * resolver throws: that is masked and part of the response. Rejects with BAD_USER_INPUT for a body that is no request.
 */
export function createExecutor(
  schema: GraphQLSchema,
): (body: Buffer, context: Context) => Promise<GraphQLResponse> {
  const documents = new Map<string, DocumentNode | readonly GraphQLError[]>()

  function prepare(query: string): DocumentNode | readonly GraphQLError[] {
    const hash = createHash('sha256').update(query).digest('base64')
    const known = documents.get(hash)
    if (known) return known
    const prepared = parseAndValidate(schema, query)
    if (documents.size >= cachedDocuments) documents.delete(documents.keys().next().value ?? '')
    documents.set(hash, prepared)
    return prepared
  }

  return async (body, context) => {
    const { query, variables, operationName } = readRequest(body)
    const document = prepare(query)
    if (!('kind' in document)) return { errors: document.map((error) => maskError(error, context)) }
    const result: ExecutionResult = await execute({
      schema,
      document,
      variableValues: variables ?? {},
      operationName: operationName ?? null,
      contextValue: context,
    })
    if (!result.errors) return { data: result.data }
    return { data: result.data, errors: result.errors.map((error) => maskError(error, context)) }
  }
}

function parseAndValidate(schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] {
  try {
    const document = parse(query, { maxLexicalTokens: 20_000, noLocation: true })
    const errors = validate(schema, document, specifiedRules, { maxErrors: 5 })
    return errors.length > 0 ? errors : document
  } catch (error) {
    if (error instanceof GraphQLError) return [error]
    throw error
  }
}

function readRequest(body: Buffer): z.infer<typeof requestShape> {
  let json: unknown
  try {
    json = JSON.parse(body.toString('utf8'))
  } catch {
    throw badInput('The body is not JSON.')
  }
  const request = requestShape.safeParse(json)
  if (!request.success) throw badInput('The body is not a GraphQL request.')
  return request.data
}
