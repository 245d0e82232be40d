// `npm run compose` writes gateway/supergraph.graphql from the schemas that supergraph.yaml lists; with `--check` it
// only says whether the committed file is what they give. Both refuse what the gateway could not run safely.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { composeServices } from '@apollo/composition'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { findFieldsWithoutRule } from '#platform/auth/check-rules.ts'
import { findPublicFaults } from './find-public-faults.ts'
import { findRequiresFaults } from './find-requires-faults.ts'
import { describeSchemaError, listSubgraphs, readSchema } from './read-subgraphs.ts'

const supergraphFile = join(import.meta.dirname, 'supergraph.graphql')
const header = '# Made by `npm run compose` from supergraph.yaml; do not edit.\n\n'

/** The supergraph of the schemas as they are, or what is wrong with them, one readable line per fault. */
export function composeSupergraph(): { supergraph: string } | { faults: string[] } {
  const faults: string[] = []
  const services = []
  for (const subgraph of listSubgraphs()) {
    try {
      const typeDefs = readSchema(subgraph)
      faults.push(
        ...findRequiresFaults(typeDefs),
        ...findPublicFaults(typeDefs),
        ...findFieldsWithoutRule(buildSubgraphSchema({ typeDefs })).map(
          (field) => `${subgraph.schemaFile}: ${field} has no @auth rule, and nothing is allowed by default`,
        ),
      )
      services.push({ name: subgraph.name, url: subgraph.url, typeDefs })
    } catch (error) {
      faults.push(describeSchemaError(error))
    }
  }
  if (faults.length > 0) return { faults }
  const result = composeServices(services)
  if (result.errors) return { faults: result.errors.map(describeSchemaError) }
  return { supergraph: `${header}${result.supergraphSdl.trimEnd()}\n` }
}

function main(isCheck: boolean): number {
  const result = composeSupergraph()
  if ('faults' in result) {
    console.error(`The subgraphs do not compose:\n${result.faults.map((fault) => `  ${fault}`).join('\n')}`)
    return 1
  }
  const committed = existsSync(supergraphFile) ? readFileSync(supergraphFile, 'utf8') : null
  if (committed === result.supergraph) return 0
  if (isCheck) {
    console.error(
      'gateway/supergraph.graphql is not what the schemas give: run `npm run compose` and commit it.',
    )
    return 1
  }
  writeFileSync(supergraphFile, result.supergraph)
  console.log('gateway/supergraph.graphql written')
  return 0
}

if (import.meta.main) process.exitCode = main(process.argv.includes('--check'))
