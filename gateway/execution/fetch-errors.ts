// What went wrong in one fetch, in the words and at the paths that the client knows.
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import type { CompiledPath, ResponsePath } from './compile-path.ts'
import type { OperationRun } from './operation-run.ts'
import type { ReceivedObject } from './received.ts'

/** The objects that a fetch of entities is for, and which representation was sent for each; −1: none. */
export interface AskedEntities {
  targets: readonly ReceivedObject[]
  positions: readonly number[]
}

export interface FetchErrors {
  /** What a subgraph said. With `entities`, an error of one is told for every place where the entity is. */
  addReceived(run: OperationRun, errors: readonly unknown[], entities: AskedEntities | null): void
  /** It could not be asked. Told once however often the same subgraph fails in one operation. */
  addFailure(run: OperationRun, error: unknown): void
  /** It answered what is no answer. */
  addFault(run: OperationRun, what: string): void
}

export function createFetchErrors(options: {
  subgraph: string
  path: CompiledPath
  order: number
  /** Gives fields of an error's path the names the client knows. */
  rename: ((name: string) => string) | undefined
}): FetchErrors {
  const { subgraph, path, order, rename } = options

  function add(run: OperationRun, error: Omit<GraphQLFormattedError, 'locations'>): void {
    run.errors.push({ order, error })
  }

  function toNames(received: readonly unknown[]): ResponsePath {
    return received.flatMap((element): ResponsePath => {
      if (typeof element === 'number') return [element]
      return typeof element === 'string' ? [rename?.(element) ?? element] : []
    })
  }

  /** At least one. */
  function placesOf(
    run: OperationRun,
    at: readonly unknown[] | undefined,
    entities: AskedEntities | null,
  ): (ResponsePath | undefined)[] {
    if (!at) return [undefined]
    if (!entities) return [path.hasLists ? path.beforeLists : [...path.beforeLists, ...toNames(at)]]
    const [root, position, ...below] = at
    if (root === '_entities' && typeof position === 'number') {
      const wanted = new Set(entities.targets.filter((_, index) => entities.positions[index] === position))
      const places = path.locate(run.data, wanted)
      if (places.length > 0) return places.map((place) => [...place.path, ...toNames(below)])
    }
    return [path.beforeLists]
  }

  return {
    addReceived: (run, errors, entities) => {
      if (!Array.isArray(errors)) {
        add(run, toClientError(null, subgraph, undefined))
        return
      }
      for (const received of errors as unknown[]) {
        const error = isRecord(received) ? received : null
        const at = Array.isArray(error?.path) ? (error.path as unknown[]) : undefined
        for (const place of placesOf(run, at, entities)) add(run, toClientError(error, subgraph, place))
      }
    },
    addFailure: (run, error) => {
      const { message, extensions } =
        error instanceof GraphQLError
          ? error
          : new GraphQLError(`${subgraph} was not asked: ${String(error)}`)
      const { code = 'INTERNAL_SERVER_ERROR' } = extensions
      const isTold = run.errors.some(
        ({ error: told }) => told.extensions?.code === code && told.extensions?.subgraph === subgraph,
      )
      if (!isTold) add(run, { message, extensions: { ...extensions, code } })
    },
    addFault: (run, what) => {
      add(run, {
        message: `${subgraph} ${what}`,
        path: path.beforeLists,
        extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', serviceName: subgraph },
      })
    },
  }
}

function toClientError(
  received: Record<string, unknown> | null,
  subgraph: string,
  path: ResponsePath | undefined,
): GraphQLFormattedError {
  const message = received?.message
  const extensions = isRecord(received?.extensions) ? received.extensions : {}
  return {
    message:
      typeof message === 'string' && message !== ''
        ? message
        : `Error while fetching subquery from service "${subgraph}"`,
    ...(path && { path }),
    extensions: { ...extensions, serviceName: subgraph, code: extensions.code ?? 'DOWNSTREAM_SERVICE_ERROR' },
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
