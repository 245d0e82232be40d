import type { Connection } from '#platform/graphql/connection.ts'

/** The same page with other nodes: its cursors were made of more than the node shows. */
export function mapNodes<Row, Node>(page: Connection<Row>, map: (row: Row) => Node): Connection<Node> {
  const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: map(node) }))
  return { edges, nodes: edges.map((edge) => edge.node), pageInfo: page.pageInfo }
}
