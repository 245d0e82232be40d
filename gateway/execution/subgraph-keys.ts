import { Kind, parse } from 'graphql'
import { parseFieldSet } from '../find-requires-faults.ts'

/**
 * By type name the keys that a subgraph declares, each as the names of its top-level fields. Also those it does not
 * resolve: the planner may ask by such a one, and then the subgraph's error says so.
 */
export type SubgraphKeys = ReadonlyMap<string, readonly (readonly string[])[]>

/** By name of the subgraph in the supergraph's `join__Graph`. */
export function readSubgraphKeys(supergraph: string): ReadonlyMap<string, SubgraphKeys> {
  const keys = new Map<string, Map<string, string[][]>>()
  for (const definition of parse(supergraph, { noLocation: true }).definitions) {
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION
    ) {
      continue
    }
    const type = definition.name.value
    for (const directive of definition.directives ?? []) {
      if (directive.name.value !== 'join__type') continue
      const values = new Map(directive.arguments?.map(({ name, value }) => [name.value, value]))
      const graph = values.get('graph')
      const key = values.get('key')
      if (graph?.kind !== Kind.ENUM || key?.kind !== Kind.STRING) continue
      const names = parseFieldSet(key.value).selections.flatMap((selection) =>
        selection.kind === Kind.FIELD ? [selection.name.value] : [],
      )
      const byType = keys.get(graph.value) ?? new Map<string, string[][]>()
      keys.set(graph.value, byType.set(type, [...(byType.get(type) ?? []), names]))
    }
  }
  return keys
}
