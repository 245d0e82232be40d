// Lets Apollo's own executor, which takes what the compiled one does not, ask a subgraph as we do. Apollo's HTTP client
// is most of a stock gateway's CPU.
import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway'
import { OperationTypeNode } from 'graphql'
import type { OperationScope } from '../graphql/operation-scope.ts'
import type { SubgraphClient } from './subgraph-client.ts'

/** Asks through `client`, and rejects as it does. */
export function createApolloSource(client: SubgraphClient): GraphQLDataSource<OperationScope> {
  return {
    process: (processed) => {
      const { query, variables, operationName } = processed.request
      const body = JSON.stringify({ query, variables, operationName })
      // Apollo reads only data, errors and extensions of what a data source returns.
      return client.ask({ body, isMutation: !isQuery(processed) }, processed.context as OperationScope)
    },
  }
}

function isQuery(processed: GraphQLDataSourceProcessOptions<OperationScope>): boolean {
  if (!('incomingRequestContext' in processed)) return false
  return processed.incomingRequestContext.operation.operation === OperationTypeNode.QUERY
}
