import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listSubgraphs, readSchema } from '../../read-subgraphs.ts'
import type { TestGraph } from './graph-facts.ts'

/** Our own supergraph as it is committed. */
export function readHouseGraph(): TestGraph {
  return {
    name: 'house',
    supergraph: readFileSync(join(import.meta.dirname, '../../supergraph.graphql'), 'utf8'),
    services: listSubgraphs().map((listed) => ({ name: listed.name, typeDefs: readSchema(listed) })),
  }
}
