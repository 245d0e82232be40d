// What supergraph.yaml lists: the subgraphs, where they answer, and their schemas. Used to compose, and by the gateway
// for default addresses.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DocumentNode, GraphQLError, Kind, parse, Source } from 'graphql'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'

const root = join(import.meta.dirname, '..')
const preludeFile = 'platform/graphql/prelude.graphql'

const listing = z.strictObject({
  federation_version: z.literal(2),
  subgraphs: z.record(
    z.string().regex(/^[a-z][a-z0-9-]*$/),
    z.strictObject({ routing_url: z.url(), schema: z.strictObject({ file: z.string() }) }),
  ),
})

export interface ListedSubgraph {
  name: string
  /** Where it answers when nothing else is configured. */
  url: string
  /** Its schema's path from the root of the repository. */
  schemaFile: string
}

/** The subgraphs of supergraph.yaml in their order. Throws with the file's name when it does not read. */
export function listSubgraphs(): ListedSubgraph[] {
  const parsed = listing.safeParse(parseYaml(readText('supergraph.yaml')))
  if (!parsed.success) throw new Error(`supergraph.yaml: ${z.prettifyError(parsed.error)}`)
  return Object.entries(parsed.data.subgraphs).map(([name, { routing_url, schema }]) => ({
    name,
    url: routing_url,
    schemaFile: schema.file,
  }))
}

/**
 * A subgraph's whole schema: the prelude every subgraph has, then its own. Parsed apart, so that an error names the
 * line in the file somebody can open. Throws a GraphQLError with the file in it when one does not parse.
 */
export function readSchema(subgraph: ListedSubgraph): DocumentNode {
  const parts = [preludeFile, subgraph.schemaFile].map((file) => parse(new Source(readText(file), file)))
  return { kind: Kind.DOCUMENT, definitions: parts.flatMap((part) => part.definitions) }
}

/** `file:line:column: message` for people and editors. */
export function describeSchemaError(error: unknown): string {
  if (!(error instanceof GraphQLError)) return error instanceof Error ? error.message : String(error)
  const places = new Set<string>()
  for (const node of error.nodes ?? []) {
    if (!node.loc) continue
    places.add(
      `${node.loc.source.name}:${String(node.loc.startToken.line)}:${String(node.loc.startToken.column)}`,
    )
  }
  const [line] = error.locations ?? []
  if (places.size === 0 && error.source && line) {
    places.add(`${error.source.name}:${String(line.line)}:${String(line.column)}`)
  }
  return [...places].map((place) => `${place}: `).join('\n') + error.message
}

function readText(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}
