// What a plan's fetches ask for at each path, seen together.
import type { FetchNode, PlanNode, QueryPlanSelectionNode } from '@apollo/query-planner'
import { type FragmentDefinitionNode, Kind, parse, type SelectionNode, type SelectionSetNode } from 'graphql'
import { presenceAlias } from './prepare-document.ts'

export interface PlanPaths {
  /**
   * Whether what this fetch received for one entity may be in several places uncopied: no other merges something into
   * the same objects.
   */
  mayShare(fetch: FetchNode): boolean
  /** Whether the same value may be in several objects at this path of response names. */
  isShared(names: readonly string[]): boolean
  /**
   * Whether the objects at this path are nothing but keys until the first fetch for them: equal ones may then become
   * one object, before anybody merges into them. Every fetch there needs all of those keys.
   */
  isOnlyKeys(names: readonly string[]): boolean
  /**
   * By name of a field at this path that is only asked for under conditions (`@skip`, `@include`), these: one of the
   * lists must hold.
   */
  conditionsOf(names: readonly string[]): ReadonlyMap<string, readonly Conditions[]>
  /** The fields without which no subgraph may have answered an object at this path: asked for whatever its type is. */
  alwaysAsked(names: readonly string[]): ReadonlySet<string>
}

/** Whether each variable must be true or false. */
export type Conditions = readonly { variable: string; value: boolean }[]

interface AskedAt {
  /** Names of all fields asked for, whatever the type. */
  all: Set<string>
  /** Those asked for in every case. */
  always: Set<string>
  hasComposites: boolean
  askedBy: Set<FetchNode>
}

interface PlacedFetch {
  fetch: FetchNode
  path: readonly (string | number)[]
  conditions: Conditions
}

export function readPlanPaths(plan: PlanNode): PlanPaths {
  const fetches = listFetches(plan, [], [])
  const asked = new Map<string, AskedAt>()
  const conditions = new Map<string, Map<string, Conditions[]>>()
  for (const placed of fetches) readFetch(placed, asked, conditions)
  for (const byName of conditions.values()) {
    for (const [name, either] of byName) if (either.some(({ length }) => length === 0)) byName.delete(name)
  }

  const sharing = new Set<FetchNode>()
  const shared = new Set<string>()
  const onlyKeys = new Set<string>()
  for (const { fetch, path } of fetches) {
    if (!path.includes('@')) continue
    const own = [...asked].filter(([, { askedBy }]) => askedBy.has(fetch))
    if (own.every(([, { askedBy }]) => askedBy.size === 1)) {
      sharing.add(fetch)
      const depth = toKey(path).split('.').length + 1
      for (const [key] of own) if (key.split('.').length === depth) shared.add(key)
    }
    const there = asked.get(toKey(path))
    const others = fetches.filter((other) => toKey(other.path) === toKey(path))
    if (there?.askedBy.size !== 1 || there.hasComposites) continue
    // What tells the type again tells nothing more.
    const names = new Set([...there.all].filter((name) => name !== presenceAlias))
    if (others.every((other) => isSubset(names, requiredNames(other.fetch.requires)))) {
      onlyKeys.add(toKey(path))
    }
  }
  return {
    mayShare: (fetch) => sharing.has(fetch),
    isShared: (names) => shared.has(toKey(names)),
    isOnlyKeys: (names) => onlyKeys.has(toKey(names)),
    conditionsOf: (names) => conditions.get(toKey(names)) ?? new Map(),
    alwaysAsked: (names) => asked.get(toKey(names))?.always ?? new Set(),
  }
}

/** Response names of the fields that a fetch needs of its entities. */
export function requiredNames(requires: readonly QueryPlanSelectionNode[] | undefined): Set<string> {
  const names = new Set<string>()
  for (const selection of requires ?? []) {
    if (selection.kind === 'Field') names.add(selection.alias ?? selection.name)
    else for (const name of requiredNames(selection.selections)) names.add(name)
  }
  return names
}

function isSubset(names: ReadonlySet<string>, of: ReadonlySet<string>): boolean {
  return [...names].every((name) => of.has(name))
}

function toKey(path: readonly (string | number)[]): string {
  return path.filter((element) => element !== '@').join('.')
}

function listFetches(
  node: PlanNode | undefined,
  path: readonly (string | number)[],
  conditions: Conditions,
): PlacedFetch[] {
  switch (node?.kind) {
    case 'Fetch':
      return [{ fetch: node, path, conditions }]
    case 'Flatten':
      return listFetches(node.node, [...path, ...node.path], conditions)
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap((child) => listFetches(child, path, conditions))
    case 'Condition': {
      const variable = node.condition
      return [
        ...listFetches(node.ifClause, path, [...conditions, { variable, value: true }]),
        ...listFetches(node.elseClause, path, [...conditions, { variable, value: false }]),
      ]
    }
    default:
      return []
  }
}

function readFetch(
  { fetch, path, conditions: fetchConditions }: PlacedFetch,
  asked: Map<string, AskedAt>,
  conditions: Map<string, Map<string, Conditions[]>>,
): void {
  const fragments = new Map<string, FragmentDefinitionNode>()
  const renamed = new Map<string, string>()
  for (const rewrite of fetch.outputRewrites ?? []) {
    const name = rewrite.path.at(-1)
    if (rewrite.kind === 'KeyRenamer' && name !== undefined) renamed.set(name, rewrite.renameKeyTo)
  }
  const { definitions } = parse(fetch.operation, { noLocation: true })
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    const root = { all: new Set<string>(), always: new Set<string>(), hasComposites: false }
    // What is asked of entities hangs below `_entities`.
    if (!fetch.requires) readSelections(definition.selectionSet, toKey(path), root, true, fetchConditions)
    else {
      for (const selection of definition.selectionSet.selections) {
        if (selection.kind === Kind.FIELD && selection.selectionSet) {
          readSelections(selection.selectionSet, toKey(path), root, true, fetchConditions)
        }
      }
    }
  }

  function readSelections(
    { selections }: SelectionSetNode,
    parent: string,
    at: Omit<AskedAt, 'askedBy'>,
    isAlways: boolean,
    under: Conditions,
  ): void {
    for (const selection of selections) {
      const here = [...under, ...conditionsOn(selection)]
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        readSelections(selection.selectionSet, parent, at, false, here)
      } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value)
        if (fragment) readSelections(fragment.selectionSet, parent, at, false, here)
      } else {
        const alias = (selection.alias ?? selection.name).value
        const name = renamed.get(alias) ?? alias
        at.all.add(name)
        if (isAlways && !selection.directives?.length) at.always.add(name)
        noteConditions(parent, name, here)
        if (!selection.selectionSet) continue
        at.hasComposites = true
        const below = { all: new Set<string>(), always: new Set<string>(), hasComposites: false }
        const key = parent === '' ? name : `${parent}.${name}`
        // Of an object that came, what is asked for in every case came too.
        readSelections(selection.selectionSet, key, below, true, [])
        note(key, below)
      }
    }
  }

  function noteConditions(parent: string, name: string, here: Conditions): void {
    const byName = conditions.get(parent) ?? new Map<string, Conditions[]>()
    conditions.set(parent, byName.set(name, [...(byName.get(name) ?? []), here]))
  }

  function note(key: string, below: Omit<AskedAt, 'askedBy'>): void {
    const before = asked.get(key)
    asked.set(key, {
      all: new Set([...(before?.all ?? []), ...below.all]),
      always: new Set([...below.always].filter((name) => before?.always.has(name) ?? true)),
      hasComposites: below.hasComposites || (before?.hasComposites ?? false),
      askedBy: (before?.askedBy ?? new Set<FetchNode>()).add(fetch),
    })
  }
}

function conditionsOn(selection: SelectionNode): Conditions {
  return (selection.directives ?? []).flatMap(({ name, arguments: [argument] = [] }) => {
    if (name.value !== 'skip' && name.value !== 'include') return []
    const value = name.value === 'include'
    if (argument?.value.kind === Kind.VARIABLE) return [{ variable: argument.value.name.value, value }]
    // No variable has no name: it never holds.
    return argument?.value.kind === Kind.BOOLEAN && argument.value.value !== value
      ? [{ variable: '', value }]
      : []
  })
}
