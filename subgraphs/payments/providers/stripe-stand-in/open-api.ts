import { readFileSync } from 'node:fs'
import type { Shape } from './check-parameters.ts'

interface Operation {
  requestBody?: { content: Record<string, { schema: Shape }> }
  parameters?: { in: string; name: string; required?: boolean; schema: Shape }[]
}

/** The parameters of each endpoint by Stripe's published OpenAPI: `POST /v1/refunds` → their shape. */
export function readOpenApi(file: string): Record<string, Shape> {
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as {
    paths: Record<string, Record<string, Operation>>
  }
  return Object.fromEntries(
    Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => [
        `${method.toUpperCase()} ${path}`,
        method === 'get' ? queryOf(operation) : bodyOf(operation),
      ]),
    ),
  )
}

function bodyOf({ requestBody }: Operation): Shape {
  const closed = { type: 'object', properties: {} }
  return requestBody?.content['application/x-www-form-urlencoded']?.schema ?? closed
}

function queryOf({ parameters = [] }: Operation): Shape {
  const asked = parameters.filter((parameter) => parameter.in === 'query')
  return {
    type: 'object',
    properties: Object.fromEntries(asked.map(({ name, schema }) => [name, schema])),
    required: asked.flatMap(({ name, required }) => (required ? [name] : [])),
  }
}
