import type { GraphQLFormattedError } from 'graphql'
import type { OperationScope } from '../graphql/operation-scope.ts'
import type { CompiledPath } from './compile-path.ts'
import type { RequestVariables } from './compile-variables.ts'
import type { ReceivedObject } from './received.ts'

/** One request under way. */
export interface OperationRun {
  readonly scope: OperationScope
  readonly variables: RequestVariables
  /** Variables as JSON text, once any fetch needed them. */
  readonly variableTexts: Map<string, string>
  /** What has been received, all merged. */
  readonly data: ReceivedObject
  /** The objects at a path where equal ones have become one. */
  readonly interned: Map<CompiledPath['key'], ReceivedObject[]>
  /** `order` is the place of the fetch in the plan: answers come in any order, errors are told in one. */
  readonly errors: { order: number; error: GraphQLFormattedError }[]
  /** Entities that could not be asked for, though all that is needed was asked of the subgraph they come from. */
  readonly incomplete: { order: number; path: CompiledPath; objects: ReceivedObject[] }[]
  /**
   * Entities that could not be asked for because what is needed was asked for other types only, with the response names
   * that were to be had. Null until there is one.
   */
  unasked: Map<object, ReadonlySet<string>> | null
}
