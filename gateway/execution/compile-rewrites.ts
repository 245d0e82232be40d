// Changes a plan makes to an answer: fields that had to be asked for under another name get their own back.
import type { GraphQLSchema } from 'graphql'
import type { FetchDataRewrite } from '@apollo/query-planner'
import { CannotCompile } from './cannot-compile.ts'
import { isOfType } from './is-of-type.ts'
import { isReceivedObject, type ReceivedObject } from './received.ts'

const fragmentPrefix = '... on '

type Change = (object: ReceivedObject) => void

export interface CompiledRewrites {
  /** Changes an answer in place: the object at the root of the rewrites' paths. */
  apply(received: ReceivedObject): void
  /** A name in an error's path as the client knows it. */
  rename(name: string): string
}

/** Null when there is nothing to change. */
export function compileRewrites(
  supergraph: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[],
): CompiledRewrites | null {
  if (rewrites.length === 0) return null
  const names = new Map<string, string>()
  const all = rewrites.map((rewrite) => {
    const name = rewrite.path.at(-1)
    if (name === undefined || name.startsWith(fragmentPrefix)) {
      throw new CannotCompile(`An answer is rewritten at ${rewrite.path.join(' ')}`)
    }
    if (rewrite.kind === 'KeyRenamer') names.set(name, rewrite.renameKeyTo)
    return { path: rewrite.path.slice(0, -1), change: compileChange(rewrite, name) }
  })

  function applyAt(value: unknown, path: readonly string[], depth: number, change: Change): void {
    if (!isReceivedObject(value)) return
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) applyAt(item, path, depth, change)
      return
    }
    const element = path[depth]
    if (element === undefined) change(value)
    else if (!element.startsWith(fragmentPrefix)) applyAt(value[element], path, depth + 1, change)
    else if (fits(value.__typename, element.slice(fragmentPrefix.length)))
      applyAt(value, path, depth + 1, change)
  }

  /** What does not say its type is taken to fit: the planner asks for `__typename` wherever it matters. */
  function fits(typename: unknown, condition: string): boolean {
    return typeof typename !== 'string' || isOfType(supergraph, typename, condition)
  }

  return {
    apply: (received) => {
      for (const { path, change } of all) applyAt(received, path, 0, change)
    },
    rename: (name) => names.get(name) ?? name,
  }
}

function compileChange(rewrite: FetchDataRewrite, name: string): Change {
  if (rewrite.kind === 'ValueSetter') {
    const value: unknown = rewrite.setValueTo
    return (object) => {
      object[name] = value
    }
  }
  const { renameKeyTo } = rewrite
  return (object) => {
    if (object[name] === undefined) return
    object[renameKeyTo] = object[name]
    // Deleting would cost more, and whoever reads takes undefined for absent.
    object[name] = undefined
  }
}
