import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server'
import { readBody } from '#platform/server/http-server.ts'
import { type Caller, header } from '../http/caller.ts'
import { Refusal } from '../http/refusal.ts'
import { checkPageSizeVariables } from '../limits/measure-document.ts'
import type { Documents } from './documents.ts'
import type { OperationScope } from './operation-scope.ts'

const bodyBytes = 100_000

/** Where the document is `/graphql/<sha256>`: a registered operation has an address of its own. */
const addressOfDocument = /^\/graphql\/([0-9a-f]{64})$/

interface Asked {
  query: unknown
  hash: string | undefined
  variables: unknown
  operationName: unknown
}

/** Answers `/graphql` and `/graphql/<sha256>`. Throws a Refusal for what is not passed on. */
export function createGraphQLEndpoint(options: {
  apollo: ApolloServer<OperationScope>
  documents: Documents
  timeoutMs: number
}) {
  const { apollo, documents, timeoutMs } = options

  /** Resolves to the operation's name, for the log. */
  return async (
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    caller: Caller,
  ): Promise<string | null> => {
    const pathHash = addressOfDocument.exec(url.pathname)?.[1]
    if (pathHash !== undefined && !documents.isRegistered(pathHash)) {
      throw new Refusal(404, 'PERSISTED_QUERY_NOT_IN_LIST', 'No document is registered at this address.')
    }
    const headers = headersOf(request)
    const asked = request.method === 'POST' ? await readPost(request) : readGet(url)
    const document = documents.resolve({
      text: typeof asked.query === 'string' && asked.query !== '' ? asked.query : undefined,
      hash: pathHash ?? asked.hash,
    })
    if (document) checkPageSizeVariables(document, asked.variables)
    // Such an address only names a registered query: nothing is lost when another site makes a browser ask for it.
    if (pathHash !== undefined) headers.set('apollo-require-preflight', '1')

    // What is wrong with the rest Apollo says: it gets the parts as they came, and the document as text.
    const operation = {
      query: document?.source ?? asked.query ?? '',
      operationName: asked.operationName ?? null,
      variables: asked.variables ?? null,
    }
    const scope = openScope(request, response, caller, timeoutMs)
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? '',
        headers,
        search: request.method === 'GET' ? toSearch(operation) : '',
        body: request.method === 'POST' ? operation : undefined,
      },
      context: () => Promise.resolve(scope),
    })
    send(response, answer)
    return document?.operationName ?? null
  }
}

async function readPost(request: IncomingMessage): Promise<Asked> {
  const encoding = header(request, 'content-encoding')
  // A small compressed body can be a very large one.
  if (encoding !== null && encoding !== 'identity') {
    throw new Refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the body uncompressed.')
  }
  const [mediaType, ...parameters] = (header(request, 'content-type') ?? '').toLowerCase().split(';')
  const charset = parameters.find((parameter) => parameter.trim().startsWith('charset='))
  if (
    mediaType?.trim() !== 'application/json' ||
    !/^\s*charset="?utf-8"?\s*$/.test(charset ?? 'charset=utf-8')
  ) {
    throw new Refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send application/json in UTF-8.')
  }
  const bytes = await readBody(request, bodyBytes)
  const body = parseJson(bytes.toString('utf8'))
  if (Array.isArray(body)) throw new Refusal(400, 'BATCHING_REFUSED', 'Send one operation at a time.')
  if (typeof body !== 'object' || body === null) {
    throw new Refusal(400, 'BAD_REQUEST', 'The body must be a JSON object.')
  }
  const { query, variables, operationName, extensions } = body as Record<string, unknown>
  return { query, variables, operationName, hash: hashIn(extensions) }
}

function readGet({ searchParams }: URL): Asked {
  const variables = searchParams.get('variables')
  const extensions = searchParams.get('extensions')
  return {
    query: searchParams.get('query') ?? undefined,
    variables: variables === null ? undefined : parseJson(variables),
    operationName: searchParams.get('operationName') ?? undefined,
    hash: extensions === null ? undefined : hashIn(parseJson(extensions)),
  }
}

function hashIn(extensions: unknown): string | undefined {
  if (typeof extensions !== 'object' || extensions === null || !('persistedQuery' in extensions))
    return undefined
  const persisted = extensions.persistedQuery
  const hash: unknown =
    typeof persisted === 'object' && persisted !== null && 'sha256Hash' in persisted
      ? persisted.sha256Hash
      : null
  if (typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash)) return hash
  throw new Refusal(
    400,
    'BAD_REQUEST',
    'extensions.persistedQuery.sha256Hash must be a SHA-256 in hexadecimal.',
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(400, 'BAD_REQUEST', 'This is not JSON.')
  }
}

function toSearch(operation: Record<string, unknown>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(operation)) {
    if (value !== null) search.set(name, typeof value === 'string' ? value : JSON.stringify(value))
  }
  return `?${search.toString()}`
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return headers
}

function openScope(
  request: IncomingMessage,
  response: ServerResponse,
  caller: Caller,
  timeoutMs: number,
): OperationScope {
  const end = new AbortController()
  const timer = setTimeout(() => {
    end.abort()
  }, timeoutMs)
  response.once('close', () => {
    clearTimeout(timer)
    // A mutation, sent by POST, runs to its end whether or not anybody still waits for the answer.
    if (request.method === 'GET') end.abort()
  })
  return { ...caller, deadlineMs: Date.now() + timeoutMs, signal: end.signal }
}

function send(response: ServerResponse, answer: HTTPGraphQLResponse): void {
  for (const [name, value] of answer.headers) response.setHeader(name, value)
  // Nothing is cached in this first form: every answer may hold what only its reader may see.
  response.setHeader('cache-control', 'private, no-store')
  response.statusCode = answer.status ?? 200
  if (answer.body.kind === 'complete') {
    response.setHeader('content-length', Buffer.byteLength(answer.body.string))
    response.end(answer.body.string)
    return
  }
  // The gateway plans no @defer, so this is unreachable; an answer in parts would need streaming here.
  throw new Error('Apollo answered in parts')
}
