// 1,000,000 different questions that may be kept, with 64 MB for answers: `node bench/gateway/memory.ts [--keys n]`.
// The last line of output is one JSON object; what the process holds besides answers is measured before.
import { parseArgs } from 'node:util'
import { tiny } from './graph/operations.ts'
import { generateLoad } from './load/generate-load.ts'
import { addressOf, checkAnswer, get, nextSeed } from './load/requests.ts'
import { startStage } from './load/stage.ts'

const { values: flags } = parseArgs({ options: { keys: { type: 'string', default: '1000000' } } })
const keys = Number(flags.keys)
const boundMegabytes = 64

const stage = await startStage()
try {
  const maison = await stage.startMaison({
    documents: [tiny],
    isCacheable: true,
    env: { CACHE_MEMORY_MB: String(boundMegabytes) },
  })
  const path = (variables: Record<string, unknown>) => addressOf(tiny, variables)
  const first = { upc: '1', seed: nextSeed() }
  await checkAnswer({ ...maison, path: path(first), query: tiny, variables: first })

  const megabytes = async () => Math.round((await maison.usage()).rssBytes / 1e6)
  /** New keys until so many have been asked for. */
  async function askUntil(total: number): Promise<void> {
    while (asked < total) {
      const before = stage.countFetches()
      const load = await generateLoad({
        ...{ port: maison.port, connections: 50, seconds: 5, status: 200 },
        next: () => get(path({ upc: '1', seed: nextSeed() })),
      })
      if (load.failures > 0) throw new Error(`${load.failures} answers failed`)
      if (stage.countFetches() - before < load.requests) throw new Error('A key was not a new one')
      asked += load.requests
    }
  }
  let asked = 0
  // As much as the answers' bound holds twice over: from here on nothing may grow.
  await askUntil(keys / 4)
  const whenFull = await megabytes()
  const curve = [{ keys: asked, rssMegabytes: whenFull }]
  for (const part of [0.5, 0.75, 1]) {
    await askUntil(keys * part)
    curve.push({ keys: asked, rssMegabytes: await megabytes() })
    console.log(curve.at(-1))
  }
  const grown = (curve.at(-1)?.rssMegabytes ?? Number.NaN) - whenFull
  console.log(JSON.stringify({ keys: asked, boundMegabytes, curve, grownAfterFullMegabytes: grown }))
} finally {
  stage.end()
}
process.exit()
