import type { DocumentNode, GraphQLFormattedError } from 'graphql'
import type { Run, SubgraphReply, SubgraphRequest } from './subgraph.ts'

/** Rejects when the subgraph is down. */
export type AskSubgraph = (subgraph: string, request: SubgraphRequest, run: Run) => Promise<SubgraphReply>

export interface Operation {
  text: string
  document: DocumentNode
  operationName: string | undefined
  variables: Record<string, unknown>
}

/** What a client gets. */
export interface Answer {
  data: Record<string, unknown> | null | undefined
  errors: GraphQLFormattedError[]
  extensions: Record<string, unknown> | undefined
  /** The entities it tells of, sorted; only where somebody collects them. */
  tags?: string[]
}

export interface Executor {
  name: string
  /** Never rejects. */
  execute(operation: Operation, run: Run): Promise<Answer>
}
