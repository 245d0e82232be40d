// One operation on one world, executed by everybody, and what is to be said about it.
import { type ExecutionResult, type FieldNode, type GraphQLFormattedError, Kind, print, visit } from 'graphql'
import { readEntityKeys } from '../entity-keys.ts'
import { createAsk, type LoggedRun } from './ask-subgraphs.ts'
import { compareAnswers, sortedText } from './compare.ts'
import { createCompiled } from './compiled.ts'
import type { Answer, Operation } from './executor.ts'
import { collectTags, withKeys } from './expected-tags.ts'
import { type GraphFacts, readGraphFacts, type TestGraph } from './graph-facts.ts'
import { createMonolith } from './monolith.ts'
import { startStock } from './stock.ts'
import { createWorld, type Mood } from './world.ts'

/** A mood of the world, or `broken`: a sound world behind subgraphs that are down or talk nonsense. */
export type Weather = Mood | 'broken'

export interface Verdict {
  /** What ours did wrong, or null. */
  fault: string | null
  /** What stock did wrong, or null; where it is wrong it is no measure for ours. */
  stockFault: string | null
  /** Ours cannot compile it: stock answers then. */
  isFallback?: boolean
  answers: { stock: Answer; ours: Answer; right: ExecutionResult; helped?: Answer }
}

export interface Differ {
  facts: GraphFacts
  compare(operation: Operation, seed: number, weather: Weather): Promise<Verdict>
  /** What each says in a sound world, and how many questions ours asked. */
  executeBoth(operation: Operation, seed: number): Promise<{ stock: Answer; ours: Answer; asked: number }>
  stop(): Promise<void>
}

export async function startDiffer(graph: TestGraph): Promise<Differ> {
  const facts = readGraphFacts(graph)
  const ask = createAsk(graph, facts)
  const monolith = createMonolith(facts)
  const stock = await startStock(graph.supergraph, ask)
  const subgraphs = graph.services.map(({ name }) => name)
  const [plain, tagged] = [false, true].map((hasTags) =>
    createCompiled({ supergraph: graph.supergraph, subgraphs, ask, hasTags }),
  )
  const entityKeys = readEntityKeys(graph.supergraph, facts.apiSchema)
  if (!plain || !tagged) throw new Error('There are two')

  return {
    facts,
    executeBoth: async (operation, seed) => {
      const world = createWorld(facts, { seed, mood: 'sound', hasSoundKeys: true })
      const startRun = (): LoggedRun => ({ world, version: 0, ran: [], isBroken: false, asked: [] })
      const ourRun = startRun()
      return {
        stock: await stock.execute(operation, startRun()),
        ours: await plain.execute(operation, ourRun),
        asked: ourRun.asked.length,
      }
    },
    compare: async (operation, seed, weather) => {
      // With tags more is asked for: keys that the client did not want.
      const isTagged = seed % 4 === 0
      // Where conditions meet requirements stock asks too little, see stock-faults.ts; and a mutation's conditions are on
      // its fields, where the planner would ask nothing at all.
      const mayAskMore =
        isTagged ||
        (/@(skip|include)/.test(operation.text) &&
          (graph.name === 'nasty' || operation.text.startsWith('mutation')))
      const startRun = (): LoggedRun => ({
        world: createWorld(facts, {
          seed,
          mood: weather === 'broken' ? 'sound' : weather,
          hasSoundKeys: isTagged,
        }),
        version: 0,
        ran: [],
        isBroken: weather === 'broken',
        asked: [],
      })
      const stockRun = startRun()
      const ourRun = startRun()
      const theirs = await stock.execute(operation, stockRun)
      const ours = await (isTagged ? tagged : plain).execute(operation, ourRun)
      const rightRun = startRun()
      const right = await monolith(operation, rightRun)
      const answers = { stock: theirs, ours, right }
      const isFallback = ours.errors.some(({ extensions }) => extensions?.code === 'CANNOT_COMPILE')
      if (isFallback && weather !== 'sound') return { fault: null, stockFault: null, isFallback, answers }
      if (weather === 'sound') {
        if (right.errors) throw new Error(`The monolith fails: ${String(right.errors[0])}`)
        const stockFault =
          findFault(theirs, sortedText(theirs.data) === sortedText(right.data)) ??
          findOrderFault(rightRun, stockRun)
        if (isFallback) return { fault: null, stockFault, isFallback, answers }
        const isRight = JSON.stringify(ours.data) === JSON.stringify(right.data)
        const fault =
          findFault(ours, isRight) ??
          (isTagged ? await findTagFault(operation, ours, startRun()) : null) ??
          findOrderFault(rightRun, ourRun)
        if (fault !== null || stockFault !== null || isTagged) return { fault, stockFault, answers }
      }
      // Of what fails only on the way to the answer, such as a key, a monolith knows nothing.
      const places = right.errors ?? []
      const isPlace = ({ message, path }: GraphQLFormattedError) =>
        places.every((place) => place.message !== message) ||
        places.some((place) => JSON.stringify(place.path) === JSON.stringify(path))
      const { fault, allowed } = compareAnswers(theirs, ours, {
        isPlace,
        moreAsked: ourRun.asked.length - stockRun.asked.length,
        mayReorder: stockRun.ran.length > 0,
      })
      const difference = fault ?? findOrderFault(stockRun, ourRun)
      const isMore = !mayAskMore && ourRun.asked.length > stockRun.asked.length
      if (difference === null && !isMore) return { fault: null, stockFault: allowed, answers }
      if (difference === 'data' && sortedText(ours.data) === sortedText(right.data)) {
        return { fault: null, stockFault: difference, answers }
      }
      // What stock loses for want of a `__typename` it finds when it is asked for one, and then it needs as many questions.
      const helpedRun = startRun()
      const helped = await stock.execute(withTypenames(operation), helpedRun)
      const remains = compareAnswers(withoutTypenames(helped), withoutTypenames(ours), {
        isPlace,
        moreAsked: ourRun.asked.length - helpedRun.asked.length,
        mayReorder: stockRun.ran.length > 0,
      }).fault
      const { length } = helpedRun.asked
      const tooMany =
        isMore && ourRun.asked.length > length
          ? `${ourRun.asked.length} questions instead of ${length}`
          : null
      const isHelped = difference !== null && remains === null
      return {
        fault: tooMany ?? (isHelped ? null : difference),
        stockFault: isHelped ? difference : null,
        answers: { ...answers, helped },
      }
    },
    stop: stock.stop,
  }

  async function findTagFault(operation: Operation, ours: Answer, run: LoggedRun): Promise<string | null> {
    const document = withKeys(operation.document, facts.apiSchema, entityKeys)
    const { data } = await monolith({ ...operation, document }, run)
    const expected = collectTags(data)
    if (String(expected) === String(ours.tags)) return null
    return `tags ${String(ours.tags)} instead of ${String(expected)}`
  }
}

/** The same operation with a `__typename` in every selection set. */
function withTypenames(operation: Operation): Operation {
  const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }
  const document = visit(operation.document, {
    SelectionSet: (set) => ({ ...set, selections: [typename, ...set.selections] }),
  })
  return { ...operation, document, text: print(document) }
}

function withoutTypenames(answer: Answer): Answer {
  const text = JSON.stringify(answer, (key, value: unknown) => (key === '__typename' ? undefined : value))
  return JSON.parse(text) as Answer
}

/** In a sound world nothing may be said but the data. */
function findFault(answer: Answer, isRight: boolean): string | null {
  const [error] = answer.errors
  if (error) return `error ${String(error.extensions?.code)}: ${error.message}`
  if (!isRight) return 'wrong data'
  return answer.extensions === undefined ? null : 'extensions'
}

function findOrderFault(measure: LoggedRun, run: LoggedRun): string | null {
  return String(measure.ran) === String(run.ran) ? null : 'another order of mutations'
}
