import { readFileSync } from 'node:fs'
import { z } from 'zod'

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'a document is named by a SHA-256 in hexadecimal')

/** As GraphQL Codegen writes it. */
const hashed = z.record(hash, z.string())

/** As `@apollo/generate-persisted-query-manifest` writes it. */
const apollo = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: hash, body: z.string() })),
})

/**
 * The documents of one manifest by their hash: GraphQL Codegen's `{hash: text}` or Apollo's persisted query manifest.
 * Throws an error that names the file when it does not read, is neither, or gives one hash two texts.
 */
export function readManifest(file: string): Map<string, string> {
  try {
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const isApollo = typeof json === 'object' && json !== null && 'format' in json
    const documents = new Map<string, string>()
    const named = isApollo
      ? apollo.parse(json).operations.map(({ id, body }) => [id, body] as const)
      : Object.entries(hashed.parse(json))
    for (const [id, text] of named) {
      if ((documents.get(id) ?? text) !== text) throw new Error(`${id} names two documents`)
      documents.set(id, text)
    }
    return documents
  } catch (error) {
    throw new Error(`The registered documents in ${file} do not read`, { cause: error })
  }
}
