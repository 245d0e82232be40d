import { readFileSync } from 'node:fs'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { type DocumentNode, type GraphQLResolveInfo, type GraphQLSchema, parse } from 'graphql'
import { applyAuth } from '../auth/auth-directive.ts'
import { findFieldsWithoutRule } from '../auth/check-rules.ts'
import { scalars } from './scalars.ts'

/** Each resolver declares the parent and arguments it reads; graphql-js has checked them against the schema. */
export type Resolver = (parent: never, args: never, context: never, info: GraphQLResolveInfo) => unknown
export type Resolvers = Readonly<Record<string, Readonly<Record<string, Resolver>>>>

const prelude = new URL('./prelude.graphql', import.meta.url)

/** A subgraph's schema file with the prelude before it, as composition and the server read it. */
export function readSubgraphSdl(schemaFile: URL): DocumentNode {
  return parse(`${readFileSync(prelude, 'utf8')}\n${readFileSync(schemaFile, 'utf8')}`)
}

/** The executable schema, with `@auth` enforced. Throws when a root field or an entity's field has no rule. */
export function buildSchema(schemaFile: URL, resolvers: Resolvers): GraphQLSchema {
  const modules = { typeDefs: readSubgraphSdl(schemaFile), resolvers: { ...scalars, ...resolvers } }
  const schema = buildSubgraphSchema(modules)
  const undecided = findFieldsWithoutRule(schema)
  if (undecided.length > 0) throw new Error(`These fields have no @auth rule: ${undecided.join(', ')}`)
  return applyAuth(schema)
}
