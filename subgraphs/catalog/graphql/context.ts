import type { GraphQLContext } from '#platform/server/subgraph.ts'
import type { Loaders } from './loaders.ts'

export type Context = GraphQLContext<Loaders>

/** The language argument that most texts have. */
export interface Localised {
  locale?: string | null
}

/** Of what is sold in one market only. */
export interface InMarket {
  market?: string | null
}

/** The page arguments of every list. */
export interface PageArgs {
  first?: number | null
  after?: string | null
}

/** An entity as the gateway refers to it. */
export interface Reference {
  id: string
}
