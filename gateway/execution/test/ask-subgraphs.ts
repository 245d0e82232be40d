// The way from a gateway to the subgraphs of a test, and what can go wrong on it.
import { GraphQLError } from 'graphql'
import { pickBy, shareOf } from './dice.ts'
import type { AskSubgraph } from './executor.ts'
import { createSubgraph, type Run, type SubgraphReply } from './subgraph.ts'
import type { GraphFacts, TestGraph } from './graph-facts.ts'

export interface LoggedRun extends Run {
  /** Some subgraphs are down or answer nonsense. */
  isBroken: boolean
  asked: { subgraph: string; query: string }[]
}

export function createAsk(graph: TestGraph, facts: GraphFacts): AskSubgraph {
  const subgraphs = new Map(graph.services.map(({ name }) => [name, createSubgraph(graph, facts, name)]))
  return async (name, request, run) => {
    const subgraph = subgraphs.get(name)
    if (!subgraph) throw new Error(`There is no subgraph ${name}`)
    const logged = run as LoggedRun
    logged.asked.push({ subgraph: name, query: request.query })
    const reply = await subgraph(request, run)
    return logged.isBroken
      ? breakReply(name, request.query.includes('_entities'), run.world.seed, reply)
      : reply
  }
}

/** One in three subgraphs is broken for entities, one in five for root fields; how, is the seed's choice. */
function breakReply(name: string, isEntities: boolean, seed: number, reply: SubgraphReply): SubgraphReply {
  const place = `${name} ${isEntities ? 'entities' : 'root'}`
  if (shareOf(seed, `breaks ${place}`) > (isEntities ? 0.33 : 0.2)) return reply
  const share = shareOf(seed, `how ${place}`)
  return pickBy(isEntities ? [...anyBreaks, ...entityBreaks] : anyBreaks, share)(reply, name)
}

type Break = (reply: SubgraphReply, subgraph: string) => SubgraphReply

const down: Break = (_, subgraph) => {
  throw new GraphQLError('A part of the house does not answer right now.', {
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph },
  })
}
/** Says of an error that nothing that was asked for is at its path. */
export const errorOfNothing = 'Where?'

const coded = { code: 'BUSY', retry: { after: 3 } }

const anyBreaks: Break[] = [
  down,
  down,
  () => ({ data: null, errors: [{ message: 'No', extensions: coded }] }),
  () => ({ errors: [{ message: 'No data', extensions: coded }] }),
  () => ({ errors: [{ message: 'No code' }] }),
  () => ({ data: null }),
  () => ({ data: {} }),
  ({ data }) => ({ data: data ?? null, errors: [{ message: 'By the way', extensions: coded }] }),
  ({ data }) => ({
    data: data ?? null,
    errors: [{ message: errorOfNothing, path: ['nowhere', 99, 'x'], extensions: coded }],
  }),
  ({ data }) => ({ data: data ?? null, errors: [] }),
]

const entityBreaks: Break[] = [
  () => ({ data: { _entities: null } }),
  () => ({
    data: { _entities: null },
    errors: [{ message: 'None', path: ['_entities'], extensions: coded }],
  }),
  ({ data }) => ({ data: { _entities: [...(data?._entities as unknown[]), null] } }),
  ({ data }) => ({ data: { _entities: (data?._entities as unknown[]).map(() => null) } }),
]
