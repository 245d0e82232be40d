// One question to one subgraph: its text is prepared once, a request only adds variables and representations.
import type { FetchNode } from '@apollo/query-planner'
import { type GraphQLSchema, Kind, OperationTypeNode, parse, type SelectionSetNode } from 'graphql'
import type { SubgraphClient } from '../subgraphs/subgraph-client.ts'
import { CannotCompile } from './cannot-compile.ts'
import type { CompiledPath } from './compile-path.ts'
import { compileRepresentations, type Represented } from './compile-representations.ts'
import { compileRewrites } from './compile-rewrites.ts'
import { type AskedEntities, createFetchErrors } from './fetch-errors.ts'
import { copyReceived, mergeReceived } from './merge-received.ts'
import type { OperationRun } from './operation-run.ts'
import { type Conditions, requiredNames } from './plan-paths.ts'
import { isReceivedObject, type ReceivedObject } from './received.ts'
import { readFragments } from './response-selections.ts'
import type { SubgraphKeys } from './subgraph-keys.ts'

/** Nothing to wait for: undefined. Never rejects: what goes wrong becomes an error of the run. */
export type Step = (run: OperationRun) => Promise<void> | undefined

export interface FetchOptions {
  fetch: FetchNode
  client: SubgraphClient
  /** Where in the data it belongs. */
  path: CompiledPath
  /** Its place in the plan. */
  order: number
  supergraph: GraphQLSchema
  /** Those of the subgraph. */
  keys: SubgraphKeys
  /** Names of the supergraph's interfaces. */
  interfaces: ReadonlySet<unknown>
  /** Equal objects at the path are made one before anything is merged into them, see PlanPaths. */
  isOnlyKeys: boolean
  /** What is received for one entity may hang in several places. */
  mayShare: boolean
  /** Fields at the path that are asked for under conditions, see PlanPaths. */
  conditions: ReadonlyMap<string, readonly Conditions[]>
  /** Fields that every object at the path has when its subgraph keeps to its schema. */
  alwaysAsked: ReadonlySet<string>
}

/** Throws CannotCompile for context arguments, and for rewrites and names that cannot be done safely. */
export function compileFetch(options: FetchOptions): Step {
  const { fetch, client, path, supergraph, order, interfaces } = options
  if (fetch.contextRewrites?.length) throw new CannotCompile('A fetch sets context arguments')
  const writeBody = compileBody(fetch)
  const isMutation = fetch.operationKind === OperationTypeNode.MUTATION
  const rewrites = compileRewrites(supergraph, fetch.outputRewrites ?? [])
  const errors = createFetchErrors({ subgraph: client.name, path, order, rename: rewrites?.rename })

  /** Asks, and hands what came to `receive`. */
  async function ask(
    run: OperationRun,
    representations: string | null,
    entities: AskedEntities | null,
    receive: (data: ReceivedObject) => void,
  ): Promise<void> {
    try {
      const answer = await client.ask({ body: writeBody(run, representations), isMutation }, run.scope)
      if (answer.errors) errors.addReceived(run, answer.errors, entities)
      if (isReceivedObject(answer.data)) receive(answer.data)
      else if (!answer.errors) errors.addFault(run, 'answered without data')
    } catch (error) {
      errors.addFailure(run, error)
    }
  }

  if (!fetch.requires) {
    return (run) => {
      const targets = path.collect(run.data)
      if (targets.length === 0) return undefined
      return ask(run, null, null, (data) => {
        rewrites?.apply(data)
        targets.forEach((target, index) =>
          mergeReceived(target, index === 0 ? data : copyReceived(data), interfaces),
        )
      })
    }
  }

  const represent = compileRepresentations({
    supergraph,
    requires: fetch.requires,
    inputRewrites: fetch.inputRewrites ?? [],
    keys: options.keys,
    conditions: options.conditions,
  })
  const told = entityNames(fetch.operation, rewrites?.rename)
  // Elsewhere an object may be of a type that nothing was asked of.
  const mustBeComplete = [...requiredNames(fetch.requires)].every((name) => options.alwaysAsked.has(name))
  return (run) => {
    const interned = run.interned.get(path.key)
    let targets = interned ?? path.collect(run.data)
    if (targets.length === 0) return undefined
    const represented = represent(targets, run.variables.coerced)
    const { json, count, incomplete } = represented
    let { positions } = represented
    if (incomplete && mustBeComplete) run.incomplete.push({ order, path, objects: incomplete })
    else if (incomplete) {
      run.unasked ??= new Map()
      for (const object of incomplete) {
        run.unasked.set(object, new Set([...told, ...(run.unasked.get(object) ?? [])]))
      }
    }
    if (options.isOnlyKeys && !interned) {
      if (count < targets.length) [targets, positions] = intern(run, targets, represented)
      run.interned.set(path.key, targets)
    }
    if (count === 0) return undefined
    return ask(run, json, { targets, positions }, ({ _entities: entities }) => {
      if (Array.isArray(entities) && entities.length === count)
        mergeEntities(run, entities, targets, positions)
      else errors.addFault(run, `did not answer for ${count} entities`)
    })
  }

  /** Objects with one representation become one object. */
  function intern(
    run: OperationRun,
    targets: readonly ReceivedObject[],
    { firsts, positions }: Represented,
  ): [targets: ReceivedObject[], positions: number[]] {
    const replacements = new Map<ReceivedObject, ReceivedObject>()
    const kept = [...firsts]
    const keptPositions = firsts.map((_, position) => position)
    targets.forEach((target, index) => {
      const first = firsts[positions[index] ?? -1]
      if (first === undefined) {
        kept.push(target)
        keptPositions.push(-1)
      } else if (first !== target) {
        replacements.set(target, first)
      }
    })
    if (replacements.size > 0) path.replace(run.data, replacements)
    return [kept, keptPositions]
  }

  function mergeEntities(
    run: OperationRun,
    entities: readonly unknown[],
    targets: readonly ReceivedObject[],
    positions: readonly number[],
  ): void {
    const merged = options.mayShare || targets.length === 1 ? null : new Set<unknown>()
    const rewritten = rewrites ? new Set<unknown>() : null
    for (let index = 0; index < targets.length; index += 1) {
      const target = targets[index]
      const position = positions[index]
      if (!target || position === undefined || position < 0) continue
      const entity = entities[position]
      // Null: its subgraph does not know it, or has told an error.
      if (!isReceivedObject(entity)) continue
      if (rewrites && rewritten && !rewritten.has(entity)) {
        rewritten.add(entity)
        // The rewrites ask for it. Entities of different types never share a representation.
        entity.__typename ??= target.__typename
        rewrites.apply(entity)
      }
      mergeReceived(target, merged?.has(entity) ? copyReceived(entity) : entity, interfaces)
      merged?.add(entity)
    }
  }
}

/** The response names that a fetch of entities brings for them. */
function entityNames(operation: string, rename = (name: string) => name): ReadonlySet<string> {
  const { definitions } = parse(operation, { noLocation: true })
  const fragments = readFragments({ kind: Kind.DOCUMENT, definitions })
  const names = new Set<string>()
  function read({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value === '_entities' && selection.selectionSet) read(selection.selectionSet)
        else names.add(rename((selection.alias ?? selection.name).value))
        continue
      }
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
      if (inner) read(inner.selectionSet)
    }
  }
  for (const definition of definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) read(definition.selectionSet)
  }
  return names
}

/** Writes the request body: the same keys in the same order as JSON.stringify({ query, variables, operationName }). */
function compileBody(fetch: FetchNode): (run: OperationRun, representations: string | null) => string {
  const isEntityFetch = fetch.requires !== undefined
  const names = [...(fetch.variableUsages ?? [])]
  if (isEntityFetch && names.includes('representations')) {
    throw new CannotCompile('A variable is named representations')
  }
  const head = `{"query":${JSON.stringify(fetch.operation)},"variables":{`
  const operationName = fetch.operationName
  const tail = operationName === undefined ? '}}' : `},"operationName":${JSON.stringify(operationName)}}`
  const constant = head + tail
  if (names.length === 0) {
    return (_run, representations) =>
      representations === null ? constant : `${head}"representations":[${representations}]${tail}`
  }
  const variables = names.map((name) => ({ name, label: `${JSON.stringify(name)}:` }))
  return (run, representations) => {
    let text = head
    let separator = ''
    for (const { name, label } of variables) {
      const value = writeVariable(run, name)
      if (value === undefined) continue
      text += separator + label + value
      separator = ','
    }
    if (representations !== null) text += `${separator}"representations":[${representations}]`
    return text + tail
  }
}

function writeVariable(run: OperationRun, name: string): string | undefined {
  const { sent } = run.variables
  const value = Object.hasOwn(sent, name) ? sent[name] : undefined
  if (value === undefined) return undefined
  let text = run.variableTexts.get(name)
  if (text === undefined) {
    text = JSON.stringify(value)
    run.variableTexts.set(name, text)
  }
  return text
}
