// One worker and two on one port, where two free cores exist besides the one that asks: `node bench/gateway/scale.ts`.
// The last line of output is one JSON object; `scale` is how much more two answer than one.
import { availableParallelism } from 'node:os'
import { small } from './graph/operations.ts'
import { measureRounds } from './load/measure-rounds.ts'
import { byHash, checkAnswer, nextSeed, nextUpc, post } from './load/requests.ts'
import { startStage } from './load/stage.ts'

const cores = availableParallelism()
if (cores < 3) {
  console.log(`Two workers and what asks need three cores; here are ${cores}.`)
  console.log(JSON.stringify({ scale: null, cores }))
  process.exit()
}

const stage = await startStage()
try {
  const body = byHash(small)
  const variables = () => ({ upc: nextUpc(), seed: nextSeed() })
  const rates: number[] = []
  for (const workers of [1, 2]) {
    const maison = await stage.startMaison({
      ...{ documents: [small], isCacheable: false, workers },
      cores: workers === 1 ? '0' : '0,2',
    })
    const asked = variables()
    await checkAnswer({ ...maison, body: body(asked), query: small, variables: asked })
    const got = await measureRounds({
      title: `${workers} worker(s), small product page, own variables, 100 connections`,
      entrants: [{ contender: maison, label: 'Maison', next: () => post(body(variables())) }],
      ...{ connections: 100, rounds: 3, seconds: 3, warmUpSeconds: 5, countFetches: stage.countFetches },
    })
    rates.push(got.get('Maison')?.requestsPerSecond ?? Number.NaN)
    maison.stop()
  }
  const [one = Number.NaN, two = Number.NaN] = rates
  console.log(JSON.stringify({ scale: Math.round((two / one) * 100) / 100, cores }))
} finally {
  stage.end()
}
process.exit()
