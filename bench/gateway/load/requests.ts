import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { items } from '../graph/catalogue.ts'
import { expectedAnswer } from '../graph/expected-answer.ts'

export type Variables = Record<string, unknown>
/** The body of one request, from its variables. */
export type BodyOf = (variables: Variables) => string

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** As every GraphQL client sends it: the text with each request. */
export const byText =
  (query: string): BodyOf =>
  (variables) =>
    JSON.stringify({ query, variables })

/** As clients of a safelist send it: the hash instead of the text. */
export const byHash = (query: string): BodyOf => {
  const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(query) } }
  return (variables) => JSON.stringify({ extensions, variables })
}

export function post(body: string): string {
  return `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
}

export function get(path: string, headers: readonly string[] = []): string {
  return [`GET ${path} HTTP/1.1`, 'host: 127.0.0.1', 'accept: application/json', ...headers, '', ''].join(
    '\r\n',
  )
}

/** The address of a registered operation with these variables. */
export function addressOf(query: string, variables: Variables): string {
  return `/graphql/${sha256(query)}?variables=${encodeURIComponent(JSON.stringify(variables))}`
}

let seed = 0
/** Different in every request of the whole run. */
export const nextSeed = (): number => (seed += 1)

let turn = 0
/** One product after the other. */
export function nextUpc(among: number = items.length): string {
  turn = (turn + 1) % among
  return String(turn + 1)
}

/** Throws unless the contender gives exactly the right answer. */
export async function checkAnswer(options: {
  name: string
  port: number
  path?: string
  body?: string
  query: string
  variables: Variables
}): Promise<Response> {
  const { name, port, path = '/graphql', body } = options
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    ...(body !== undefined && { method: 'POST', body }),
  })
  const text = await response.text()
  const answer = JSON.parse(text) as { data?: unknown; errors?: unknown }
  const expected = expectedAnswer(options.query, options.variables)
  if (answer.errors !== undefined || !isDeepStrictEqual(answer.data, expected)) {
    throw new Error(`${name} answers wrongly (${response.status}): ${text.slice(0, 600)}`)
  }
  return response
}
