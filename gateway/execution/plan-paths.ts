// What a plan's fetches ask for at each path, seen together.
import type { FetchNode, PlanNode } from '@apollo/query-planner'
import { Kind, parse, type SelectionSetNode } from 'graphql'

export interface PlanPaths {
  /**
   * Whether what this fetch received for one entity may be in several places uncopied: no other merges something into
   * the same objects.
   */
  mayShare(fetch: FetchNode): boolean
  /** Whether the same value may be in several objects at this path of response names. */
  isShared(names: readonly string[]): boolean
  /** The fields without which no subgraph may have answered an object at this path: asked for whatever its type is. */
  alwaysAsked(names: readonly string[]): ReadonlySet<string>
}

export function readPlanPaths(plan: PlanNode): PlanPaths {
  const fetches = listFetches(plan, [])
  const compositesByFetch = new Map<FetchNode, ReadonlySet<string>>()
  const fetchesByPath = new Map<string, number>()
  const alwaysAsked = new Map<string, ReadonlySet<string>>()
  for (const { fetch, path } of fetches) {
    const composites = new Set<string>()
    for (const definition of parse(fetch.operation, { noLocation: true }).definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue
      for (const selectionSet of rootSelections(definition.selectionSet, fetch.requires !== undefined)) {
        listComposites(selectionSet, toKey(path), composites, alwaysAsked)
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
  return {
    mayShare: (fetch) => sharing.has(fetch),
    isShared: (names) => shared.has(toKey(names)),
    alwaysAsked: (names) => alwaysAsked.get(toKey(names)) ?? new Set(),
  }
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

function listComposites(
  { selections }: SelectionSetNode,
  parent: string,
  composites: Set<string>,
  alwaysAsked: Map<string, ReadonlySet<string>>,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      listComposites(selection.selectionSet, parent, composites, alwaysAsked)
    } else if (selection.kind === Kind.FIELD && selection.selectionSet) {
      const name = (selection.alias ?? selection.name).value
      const path = parent === '' ? name : `${parent}.${name}`
      composites.add(path)
      const asked = plainFields(selection.selectionSet)
      const before = alwaysAsked.get(path)
      alwaysAsked.set(path, before ? new Set([...before].filter((field) => asked.has(field))) : asked)
      listComposites(selection.selectionSet, path, composites, alwaysAsked)
    }
  }
}

function plainFields({ selections }: SelectionSetNode): Set<string> {
  return new Set(
    selections.flatMap((selection) =>
      selection.kind === Kind.FIELD && !selection.directives?.length
        ? [(selection.alias ?? selection.name).value]
        : [],
    ),
  )
}
