// What the smaller measurements have in common: the subgraphs, and Maison's gateway before them.
import { composeSupergraph } from '../graph/supergraph.ts'
import { startSubgraphs } from '../graph/subgraph-server.ts'
import { type Contender, moveToSecondCore, startContender } from './contender.ts'
import { sha256 } from './requests.ts'

export interface MaisonOptions {
  /** Registered, besides nothing else. */
  documents: readonly string[]
  /** Whether the schema says that everything may be kept for 60 s. */
  isCacheable: boolean
  /** For the gateway's configuration. */
  env?: Record<string, string>
  /** Processes that share the port. */
  workers?: number
  cores?: string
}

export interface Stage {
  startMaison(options: MaisonOptions): Promise<Contender>
  /** Requests that the subgraphs got so far. */
  countFetches(): number
  end(): void
}

export async function startStage(): Promise<Stage> {
  await moveToSecondCore()
  const served = await startSubgraphs()
  const running: Contender[] = []
  return {
    startMaison: async ({ documents, isCacheable, env = {}, workers = 1, cores = '0' }) => {
      const maison = await startContender({
        name: 'Maison',
        file: 'maison.ts',
        cores,
        settings: {
          ...{ env, workers },
          supergraph: composeSupergraph(served.urls, { isCacheable }),
          subgraphs: Object.fromEntries(Object.entries(served.urls).map(([name, url]) => [name, { url }])),
          documents: Object.fromEntries(documents.map((text) => [sha256(text), text])),
        },
      })
      running.push(maison)
      return maison
    },
    countFetches: served.count,
    end: () => {
      for (const contender of running) contender.stop()
      served.stop()
    },
  }
}
