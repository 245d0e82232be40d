import { createHash } from 'node:crypto'
import type { TypedDocumentString } from '#generated/graphql.ts'
import type { House } from '#app/session/house.ts'

export interface GraphQLFault {
  message: string
  path?: readonly (string | number)[]
  extensions?: { code?: string; reason?: string } & Record<string, unknown>
}

export interface GraphQLAnswer<Data> {
  data: Data | null
  errors: readonly GraphQLFault[]
  status: number
}

const timeLimitMs = 9_000
const hashes = new Map<string, string>()

/**
 * One document to the API, as this token. Throws when the API cannot be reached or answers no GraphQL; GraphQL errors
 * are in the answer.
 */
export async function postDocument<Data, Variables>(
  house: House,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  options: { accessToken: string | null; signal: AbortSignal | null },
): Promise<GraphQLAnswer<Data>> {
  const query = document.toString()
  const limit = AbortSignal.timeout(timeLimitMs)
  const response = await fetch(house.graphqlUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      'apollographql-client-name': 'maison-web',
      'x-request-id': house.requestId,
      ...(house.clientIp === null ? {} : { 'x-forwarded-for': house.clientIp }),
      ...(options.accessToken === null ? {} : { authorization: `Bearer ${options.accessToken}` }),
    },
    body: JSON.stringify({
      query,
      variables,
      extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(query) } },
    }),
    signal: options.signal === null ? limit : AbortSignal.any([limit, options.signal]),
  })
  const answer = (await response.json()) as { data?: Data | null; errors?: readonly GraphQLFault[] }
  return { data: answer.data ?? null, errors: answer.errors ?? [], status: response.status }
}

/** Documents are constants of the program: each is hashed once. */
function hashOf(query: string): string {
  const known = hashes.get(query)
  if (known !== undefined) return known
  const hash = createHash('sha256').update(query).digest('hex')
  hashes.set(query, hash)
  return hash
}
