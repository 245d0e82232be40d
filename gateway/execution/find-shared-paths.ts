// What one answer says of an entity is hung, uncopied, wherever the entity is. That is only safe where no other fetch
// merges something into the same objects; this says where.
import type { FetchNode, PlanNode } from '@apollo/query-planner'
import { Kind, parse, type SelectionSetNode } from 'graphql'

export interface SharedPaths {
  /** Whether what this fetch received for one entity may be in several places uncopied. */
  mayShare(fetch: FetchNode): boolean
  /** Whether the same value may be in several objects at this path of response names. */
  isShared(names: readonly string[]): boolean
}

export function findSharedPaths(plan: PlanNode): SharedPaths {
  const fetches = listFetches(plan, [])
  const compositesByFetch = new Map<FetchNode, ReadonlySet<string>>()
  const fetchesByPath = new Map<string, number>()
  for (const { fetch, path } of fetches) {
    const composites = new Set<string>()
    for (const definition of parse(fetch.operation, { noLocation: true }).definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue
      for (const selectionSet of rootSelections(definition.selectionSet, fetch.requires !== undefined)) {
        listComposites(selectionSet, toKey(path), composites)
      }
    }
    compositesByFetch.set(fetch, composites)
    for (const composite of composites) fetchesByPath.set(composite, (fetchesByPath.get(composite) ?? 0) + 1)
  }

  const sharing = new Set<FetchNode>()
  const shared = new Set<string>()
  for (const { fetch, path } of fetches) {
    const composites = [...(compositesByFetch.get(fetch) ?? [])]
    if (!path.includes('@') || composites.some((composite) => (fetchesByPath.get(composite) ?? 0) > 1))
      continue
    sharing.add(fetch)
    const depth = path.filter((element) => element !== '@').length
    for (const composite of composites) if (composite.split('.').length === depth + 1) shared.add(composite)
  }
  return { mayShare: (fetch) => sharing.has(fetch), isShared: (names) => shared.has(toKey(names)) }
}

function toKey(path: readonly (string | number)[]): string {
  return path.filter((element) => element !== '@').join('.')
}

function listFetches(
  node: PlanNode | undefined,
  path: readonly (string | number)[],
): { fetch: FetchNode; path: readonly (string | number)[] }[] {
  switch (node?.kind) {
    case 'Fetch':
      return [{ fetch: node, path }]
    case 'Flatten':
      return listFetches(node.node, [...path, ...node.path])
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap((child) => listFetches(child, path))
    case 'Condition':
      return [...listFetches(node.ifClause, path), ...listFetches(node.elseClause, path)]
    default:
      return []
  }
}

function rootSelections(selectionSet: SelectionSetNode, isEntityFetch: boolean): SelectionSetNode[] {
  if (!isEntityFetch) return [selectionSet]
  return selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD && selection.selectionSet ? [selection.selectionSet] : [],
  )
}

function listComposites({ selections }: SelectionSetNode, parent: string, composites: Set<string>): void {
  for (const selection of selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      listComposites(selection.selectionSet, parent, composites)
    } else if (selection.kind === Kind.FIELD && selection.selectionSet) {
      const name = (selection.alias ?? selection.name).value
      const path = parent === '' ? name : `${parent}.${name}`
      composites.add(path)
      listComposites(selection.selectionSet, path, composites)
    }
  }
}
