// Reads what a GraphQL request asks, by POST or GET, without looking into the document. Throws a Refusal for what is no
// such request.
import type { IncomingMessage } from 'node:http'
import { readBody } from '#platform/server/http-server.ts'
import { header } from '../http/caller.ts'
import { Refusal } from '../http/refusal.ts'

const bodyBytes = 100_000

/** Where the document is `/graphql/<sha256>`: a registered operation has an address of its own. */
const address = '/graphql/'
const hashLength = 64
const variablesOnly = '?variables='

export interface AskedOperation {
  /** The document as text; undefined when the request only names it. */
  text: string | undefined
  /** The hash by which the request names its document. */
  hash: string | undefined
  /** Whether the hash is in the address: such a request can only mean a registered query. */
  isAddressed: boolean
  variables: unknown
  operationName: unknown
}

export async function readAskedOperation(request: IncomingMessage): Promise<AskedOperation> {
  const target = request.url ?? ''
  const pathHash = hashInPath(target)
  if (request.method === 'POST') return readPost(request, pathHash)
  const afterPath = pathHash === undefined ? '' : target.slice(address.length + hashLength)
  if (pathHash !== undefined && (afterPath === '' || isCanonical(afterPath))) {
    const text = afterPath.slice(variablesOnly.length)
    const variables = text === '' ? undefined : parseJson(decodeText(text))
    return { text: undefined, hash: pathHash, isAddressed: true, variables, operationName: undefined }
  }
  return readSearch(new URL(target, 'http://gateway').searchParams, pathHash)
}

/** The hash in an address; undefined at `/graphql` itself. Throws a Refusal at any other address. */
function hashInPath(target: string): string | undefined {
  const end = target.indexOf('?')
  const path = end === -1 ? target : target.slice(0, end)
  if (path === '/graphql') return undefined
  const hash = path.slice(address.length)
  if (!isHash(hash)) throw new Refusal(404, 'NOT_FOUND', 'This is no address of a document.')
  return hash
}

function isCanonical(search: string): boolean {
  return search.startsWith(variablesOnly) && !search.includes('&') && !search.includes('+')
}

async function readPost(request: IncomingMessage, pathHash: string | undefined): Promise<AskedOperation> {
  const encoding = header(request, 'content-encoding')
  // A small compressed body can be a very large one.
  if (encoding !== null && encoding !== 'identity') {
    throw new Refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the body uncompressed.')
  }
  const contentType = header(request, 'content-type') ?? ''
  if (contentType !== 'application/json' && !isJsonInUtf8(contentType)) {
    throw new Refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send application/json in UTF-8.')
  }
  const bytes = await readBody(request, bodyBytes)
  const body = parseJson(bytes.toString('utf8'))
  if (Array.isArray(body)) throw new Refusal(400, 'BATCHING_REFUSED', 'Send one operation at a time.')
  if (typeof body !== 'object' || body === null) {
    throw new Refusal(400, 'BAD_REQUEST', 'The body must be a JSON object.')
  }
  const { query, variables, operationName, extensions } = body as Record<string, unknown>
  if (query != null && typeof query !== 'string') {
    throw new Refusal(400, 'BAD_REQUEST', 'query must be a string.')
  }
  return {
    text: query == null || query === '' ? undefined : query,
    hash: pathHash ?? hashIn(extensions),
    isAddressed: pathHash !== undefined,
    variables,
    operationName,
  }
}

function readSearch(search: URLSearchParams, pathHash: string | undefined): AskedOperation {
  const variables = search.get('variables')
  const extensions = search.get('extensions')
  const query = search.get('query')
  return {
    text: query === null || query === '' ? undefined : query,
    hash: pathHash ?? (extensions === null ? undefined : hashIn(parseJson(extensions))),
    isAddressed: pathHash !== undefined,
    variables: variables === null || variables === '' ? undefined : parseJson(variables),
    operationName: search.get('operationName') ?? undefined,
  }
}

function isJsonInUtf8(contentType: string): boolean {
  const [mediaType, ...parameters] = contentType.toLowerCase().split(';')
  const charset = parameters.find((parameter) => parameter.trim().startsWith('charset='))
  return (
    mediaType?.trim() === 'application/json' && /^\s*charset="?utf-8"?\s*$/.test(charset ?? 'charset=utf-8')
  )
}

function hashIn(extensions: unknown): string | undefined {
  if (extensions === undefined || extensions === null) return undefined
  if (typeof extensions !== 'object' || Array.isArray(extensions)) {
    throw new Refusal(400, 'BAD_REQUEST', 'extensions must be a JSON object.')
  }
  if (!('persistedQuery' in extensions)) return undefined
  const persisted = extensions.persistedQuery
  const hash: unknown =
    typeof persisted === 'object' && persisted !== null && 'sha256Hash' in persisted
      ? persisted.sha256Hash
      : null
  if (typeof hash === 'string' && isHash(hash)) return hash
  throw new Refusal(
    400,
    'BAD_REQUEST',
    'extensions.persistedQuery.sha256Hash must be a SHA-256 in hexadecimal.',
  )
}

function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(400, 'BAD_REQUEST', 'This is not JSON.')
  }
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Refusal(400, 'BAD_REQUEST', 'The address is not well encoded.')
  }
}
