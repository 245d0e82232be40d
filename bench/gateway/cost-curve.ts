// CPU per request against the number of entities in the answer: `node bench/gateway/cost-curve.ts`. It must be a line.
// The last line of output is one JSON object: `growth` is the cost of one more entity at the end of the curve against
// the middle, 1 when it is a line.
import { shelf } from './graph/operations.ts'
import { startStage } from './load/stage.ts'
import { measureRounds } from './load/measure-rounds.ts'
import { byHash, checkAnswer, nextSeed, post } from './load/requests.ts'

const lengths = [10, 30, 100, 300, 600, 900]

const stage = await startStage()
try {
  const maison = await stage.startMaison({ documents: [shelf], isCacheable: false })
  const body = byHash(shelf)
  const points: { entities: number; cpuMicros: number }[] = []
  for (const length of lengths) {
    const variables = () => ({ length, seed: nextSeed() })
    const asked = variables()
    await checkAnswer({ ...maison, body: body(asked), query: shelf, variables: asked })
    const got = await measureRounds({
      title: `${length} products, 1 connection`,
      entrants: [{ contender: maison, label: 'Maison', next: () => post(body(variables())) }],
      ...{ connections: 1, rounds: 3, seconds: 1.5, warmUpSeconds: 2, countFetches: stage.countFetches },
    })
    points.push({ entities: length, cpuMicros: Math.round(got.get('Maison')?.cpuMicros ?? Number.NaN) })
  }
  const [first, second, third] = points.slice(-3)
  const slope = (from: typeof first, to: typeof first) =>
    from && to ? (to.cpuMicros - from.cpuMicros) / (to.entities - from.entities) : Number.NaN
  const growth = Math.round((slope(second, third) / slope(first, second)) * 100) / 100
  console.log(JSON.stringify({ points, growth }))
} finally {
  stage.end()
}
process.exit()
