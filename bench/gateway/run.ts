// Maison's gateway beside its peers, in one run on one machine: `npm run bench:gateway`. The last line is one JSON object.
// `--quick`: rougher; `--only cached|small|heavy|heavyOne|shared`: one part.
import { parseArgs } from 'node:util'
import { composeSupergraph } from './graph/supergraph.ts'
import { heavy, small } from './graph/operations.ts'
import { startSubgraphs } from './graph/subgraph-server.ts'
import { subgraphNames, subgraphs } from './graph/subgraphs.ts'
import { type Contender, moveToSecondCore, startContender } from './load/contender.ts'
import { measureCached } from './measure-cached.ts'
import { type Entrant, type Measured, measureRounds } from './load/measure-rounds.ts'
import { type BodyOf, byHash, byText, checkAnswer, nextSeed, nextUpc, post, sha256 } from './load/requests.ts'

const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
})
const pace = flags.quick
  ? { rounds: 1, seconds: 1.5, warmUpSeconds: 2 }
  : { rounds: 3, seconds: 2, warmUpSeconds: 20 }
const isAsked = (part: string) => flags.only === undefined || flags.only === part

await moveToSecondCore()
const startedAt = performance.now()
const served = await startSubgraphs()
const running: Contender[] = []
const ratios: Record<string, number> = {}

const common = {
  subgraphs: Object.fromEntries(
    subgraphNames.map((name) => [name, { url: served.urls[name], sdl: subgraphs[name].sdl }]),
  ),
  documents: { [sha256(small)]: small, [sha256(heavy)]: heavy },
}

async function start(name: string, file: string, settings: Record<string, unknown>): Promise<Contender> {
  const contender = await startContender({ name, file, settings: { ...common, ...settings } })
  running.push(contender)
  return contender
}

function note(name: string, over: Measured | undefined, under: Measured | undefined): void {
  if (!over || !under) return
  ratios[name] = round(over.requestsPerSecond / under.requestsPerSecond)
  ratios[`${name}Cpu`] = round(under.cpuMicros / over.cpuMicros)
}

const round = (value: number) => Math.round(value * 100) / 100

async function measureUncached(): Promise<void> {
  const supergraph = composeSupergraph(served.urls, { isCacheable: false })
  const parts = [
    ['Maison', 'maison.ts', {}],
    ['Apollo', 'apollo.mjs', {}],
    ['Hive, Rust planner', 'hive.mjs', {}],
    ['Hive, Rust planner, sharing', 'hive.mjs', { isSharing: true }],
    ['Mercurius, jit', 'mercurius.mjs', {}],
  ] as const
  const contenders = await Promise.all(
    parts.map(([name, file, settings]) => start(name, file, { supergraph, ...settings })),
  )
  const bodyFor = (contender: Contender, query: string): BodyOf =>
    contender.name === 'Maison' ? byHash(query) : byText(query)

  /** The named contenders on one operation, each request with what `variables` says. */
  async function measure(
    title: string,
    names: readonly string[],
    query: string,
    variables: () => Record<string, unknown>,
    connections: number,
  ): Promise<Map<string, Measured>> {
    const entrants: Entrant[] = []
    for (const contender of contenders) {
      if (!names.includes(contender.name)) continue
      const body = bodyFor(contender, query)
      for (let time = 0; time < 3; time += 1) {
        const asked = variables()
        await checkAnswer({ ...contender, body: body(asked), query, variables: asked })
      }
      entrants.push({ contender, label: contender.name, next: () => post(body(variables())) })
    }
    // The heavy query runs the same code thousands of times in one request.
    const warmUpSeconds = query === heavy ? pace.warmUpSeconds * 0.4 : pace.warmUpSeconds
    return measureRounds({
      ...{ title, entrants, connections, ...pace, warmUpSeconds },
      countFetches: served.count,
    })
  }

  const all = ['Maison', 'Apollo', 'Hive, Rust planner', 'Mercurius, jit']
  if (isAsked('small')) {
    const own = () => ({ upc: nextUpc(), seed: nextSeed() })
    const got = await measure('Small product page, 2 kB, own variables, 50 connections', all, small, own, 50)
    note('smallVsApollo', got.get('Maison'), got.get('Apollo'))
    note('smallVsMercurius', got.get('Maison'), got.get('Mercurius, jit'))
    note('smallVsHiveRust', got.get('Maison'), got.get('Hive, Rust planner'))
  }
  const own = () => ({ seed: nextSeed() })
  if (isAsked('heavy')) {
    const got = await measure('Heavy nested query, 97 kB, own variables, 50 connections', all, heavy, own, 50)
    note('heavyVsApollo', got.get('Maison'), got.get('Apollo'))
    note('heavyVsHiveRust', got.get('Maison'), got.get('Hive, Rust planner'))
    note('heavyVsMercurius', got.get('Maison'), got.get('Mercurius, jit'))
  }
  if (isAsked('heavyOne')) {
    const got = await measure('Heavy nested query, own variables, 1 connection', all, heavy, own, 1)
    note('heavyOneVsApollo', got.get('Maison'), got.get('Apollo'))
    note('heavyOneVsHiveRust', got.get('Maison'), got.get('Hive, Rust planner'))
  }
  if (isAsked('shared')) {
    const page = await measure(
      'Small product page, identical requests, 50 connections',
      ['Maison', 'Apollo', 'Hive, Rust planner, sharing'],
      small,
      () => ({ upc: '500', seed: 1 }),
      50,
    )
    note('sharedSmallVsApollo', page.get('Maison'), page.get('Apollo'))
    const nested = await measure(
      'Heavy nested query, identical requests, 50 connections',
      ['Maison', 'Apollo', 'Hive, Rust planner, sharing'],
      heavy,
      () => ({ seed: 1 }),
      50,
    )
    note('sharedHeavyVsApollo', nested.get('Maison'), nested.get('Apollo'))
    note('sharedHeavyVsHiveRust', nested.get('Maison'), nested.get('Hive, Rust planner, sharing'))
  }
}

try {
  if (isAsked('cached')) {
    await measureCached({ served, start, pace, note })
    for (const contender of running.splice(0)) contender.stop()
  }
  if (flags.only !== 'cached') await measureUncached()
  console.log(`\n${((performance.now() - startedAt) / 1_000).toFixed(0)} s`)
  console.log(JSON.stringify(ratios))
} finally {
  for (const contender of running) contender.stop()
  served.stop()
}
process.exit()
