// A product page that may be kept: asked for again and again, 97 of them in turn; all 991 where Redis shall be asked.
import { redisUrl } from './config.ts'
import { items } from './graph/catalogue.ts'
import { composeSupergraph } from './graph/supergraph.ts'
import { small } from './graph/operations.ts'
import type { RunningSubgraphs } from './graph/subgraph-server.ts'
import type { Contender } from './load/contender.ts'
import { type Entrant, type Measured, measureRounds } from './load/measure-rounds.ts'
import { addressOf, byText, checkAnswer, get, nextUpc, post } from './load/requests.ts'

const keys = 97
/** The first nine products have fewer reviews than a page should. */
const pages = items.slice(9, 9 + keys)

/** One answer of Maison's, for raw node:http to send. */
async function sameBytes(port: number): Promise<{ body: string; headers: string[] }> {
  const response = await fetch(`http://127.0.0.1:${port}${addressOf(small, { upc: '50' })}`, {
    headers: { 'accept-encoding': 'identity' },
  })
  const own = [...response.headers].filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name))
  return { body: await response.text(), headers: own.flat() }
}

export async function measureCached(options: {
  served: RunningSubgraphs
  start: (name: string, file: string, settings: Record<string, unknown>) => Promise<Contender>
  pace: { rounds: number; seconds: number; warmUpSeconds: number }
  note: (name: string, over: Measured | undefined, under: Measured | undefined) => void
}): Promise<void> {
  const { served, start, pace, note } = options
  const supergraph = composeSupergraph(served.urls, { isCacheable: true })
  const apolloSupergraph = composeSupergraph(served.urls, { isCacheable: false })
  const [apollo, maison, maisonOnRedis] = await Promise.all([
    start('Apollo, response cache', 'apollo.mjs', { supergraph: apolloSupergraph, isCached: true }),
    start('Maison', 'maison.ts', { supergraph }),
    start('Maison, Redis only', 'maison.ts', {
      supergraph,
      env: { REDIS_URL: redisUrl, CACHE_MEMORY_MB: '1' },
    }),
  ])
  const etags = new Map<string, string>()
  for (const { upc } of pages) {
    const variables = { upc }
    const path = addressOf(small, variables)
    const answer = await checkAnswer({ ...maison, path, query: small, variables })
    const etag = answer.headers.get('etag')
    if (etag !== null) etags.set(path, etag)
    await checkAnswer({ ...apollo, body: byText(small)(variables), query: small, variables })
  }
  if (etags.size < keys) console.log('  Maison gives no ETag: 304 is not measured')

  const raw = await start('node:http', 'raw.mjs', await sameBytes(maison.port))
  // One by one: what is kept in Redis is measured here, not how it gets there.
  for (const { upc } of items) {
    const variables = { upc }
    await checkAnswer({ ...maisonOnRedis, path: addressOf(small, variables), query: small, variables })
  }

  const paths = pages.map(({ upc }) => addressOf(small, { upc }))
  let turn = 0
  const nextPath = () => paths[(turn += 1) % keys] ?? ''
  const ready = new Map(paths.map((path) => [path, get(path)]))
  const conditional = new Map(
    paths.map((path) => [path, get(path, [`if-none-match: ${etags.get(path) ?? ''}`])]),
  )
  const nextGet = () => ready.get(nextPath()) ?? ''
  const rawAgain = get(paths[0] ?? '', ['if-none-match: "the one that raw knows"'])
  const apolloBodies = pages.map(({ upc }) => post(byText(small)({ upc })))
  const entrants: Entrant[] = [
    { contender: raw, label: 'node:http', next: nextGet },
    { contender: maison, label: 'Maison, memory', next: nextGet },
    // More pages than its memory holds, round and round: what is asked for next is what was let go of last.
    {
      contender: maisonOnRedis,
      label: 'Maison, Redis',
      next: () => get(addressOf(small, { upc: nextUpc() })),
    },
    { contender: apollo, label: apollo.name, next: () => apolloBodies[(turn += 1) % keys] ?? '' },
    { contender: raw, label: 'node:http, 304', status: 304, next: () => rawAgain },
  ]
  if (etags.size === keys) {
    entrants.push({
      contender: maison,
      label: 'Maison, 304',
      status: 304,
      next: () => conditional.get(nextPath()) ?? '',
    })
  }
  const title = 'Cached product page, 2 kB, 50 connections'
  const got = await measureRounds({ title, entrants, connections: 50, ...pace, countFetches: served.count })
  const rawResult = got.get('node:http')
  note('cachedVsRaw', got.get('Maison, memory'), rawResult)
  note('cachedVsApollo', got.get('Maison, memory'), got.get(apollo.name))
  note('redisVsRaw', got.get('Maison, Redis'), rawResult)
  // What somebody has already: against the server that would send it whole.
  note('notModifiedVsRaw', got.get('Maison, 304'), rawResult)
  note('notModifiedVsRaw304', got.get('Maison, 304'), got.get('node:http, 304'))
}
