// Turns the plan that Apollo's planner made for a document into closures, once.
import type { ConditionNode, PlanNode } from '@apollo/query-planner'
import { type GraphQLSchema, isInterfaceType } from 'graphql'
import type { SubgraphClient } from '../subgraphs/subgraph-client.ts'
import { CannotCompile } from './cannot-compile.ts'
import { compileFetch, type Step } from './compile-fetch.ts'
import { compilePath } from './compile-path.ts'
import type { OperationRun } from './operation-run.ts'
import { readPlanPaths } from './plan-paths.ts'
import type { SubgraphKeys } from './subgraph-keys.ts'

/** Throws CannotCompile for deferred parts, contexts and whatever else the gateway's plans do not have. */
export function compilePlan(options: {
  plan: PlanNode
  clients: ReadonlyMap<string, SubgraphClient>
  supergraph: GraphQLSchema
  /** By subgraph name. */
  keys: ReadonlyMap<string, SubgraphKeys>
}): Step {
  const { plan, clients, supergraph, keys } = options
  const paths = readPlanPaths(plan)
  const interfaces = new Set(
    Object.values(supergraph.getTypeMap()).flatMap((type) => (isInterfaceType(type) ? [type.name] : [])),
  )
  let fetchCount = 0

  function compileNode(node: PlanNode, path: readonly (string | number)[]): Step {
    switch (node.kind) {
      case 'Fetch': {
        const client = clients.get(node.serviceName)
        if (!client) throw new Error(`Nobody said where the subgraph ${node.serviceName} is`)
        fetchCount += 1
        const compiledPath = compilePath(
          path,
          (names, isLast) => paths.isShared(names) || (!isLast && paths.isOnlyKeys(names)),
        )
        return compileFetch({
          fetch: node,
          client,
          path: compiledPath,
          order: fetchCount,
          supergraph,
          interfaces,
          keys: keys.get(node.serviceName) ?? new Map(),
          isOnlyKeys: paths.isOnlyKeys(compiledPath.names),
          mayShare: paths.mayShare(node),
          conditions: paths.conditionsOf(compiledPath.names),
          alwaysAsked: paths.alwaysAsked(compiledPath.names),
        })
      }
      case 'Flatten':
        return compileNode(node.node, [...path, ...node.path])
      case 'Sequence':
        return inSequence(node.nodes.map((child) => compileNode(child, path)))
      case 'Parallel':
        return inParallel(node.nodes.map((child) => compileNode(child, path)))
      case 'Condition':
        return compileCondition(node, path)
      case 'Defer':
        throw new CannotCompile('The plan defers a part')
    }
  }

  function compileCondition(
    { condition, ifClause, elseClause }: ConditionNode,
    path: readonly (string | number)[],
  ): Step {
    const whenTrue = ifClause ? compileNode(ifClause, path) : doNothing
    const whenFalse = elseClause ? compileNode(elseClause, path) : doNothing
    return (run) => (run.variables.coerced[condition] === true ? whenTrue(run) : whenFalse(run))
  }

  return compileNode(plan, [])
}

function doNothing(): undefined {
  return undefined
}

function inSequence(steps: readonly Step[]): Step {
  return async (run) => {
    for (const step of steps) {
      const running = step(run)
      if (running) await running
    }
  }
}

function inParallel(steps: readonly Step[]): Step {
  return (run: OperationRun) => {
    const running: Promise<void>[] = []
    for (const step of steps) {
      const started = step(run)
      if (started) running.push(started)
    }
    if (running.length <= 1) return running[0]
    return Promise.all(running).then(() => undefined)
  }
}
