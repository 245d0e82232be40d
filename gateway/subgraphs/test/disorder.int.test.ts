import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { scopeOf, startScriptedSubgraph } from './scripted-subgraph.ts'

/** The same sequence for the same seed (mulberry32): the order of events is left to the network. */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

interface Person {
  token: string | null
  isMutation: boolean
  query: string
}

test.each([1, 2, 3])(
  'in any disorder each gets their own answer or a refusal, and nothing stays behind (%i)',
  async (seed) => {
    const random = createRandom(seed)
    let isCalm = false
    const mutations: string[] = []
    const subgraph = await startScriptedSubgraph({
      connections: 4,
      maxWaiting: 40,
      // The breaker's clock stands still in a good second: disorder would only shut it.
      now: () => 0,
      onCall: (call) => {
        const { query } = JSON.parse(call.body) as { query: string }
        if (query.startsWith('mutation')) mutations.push(query)
        const turn = isCalm ? 0 : random(12)
        const reply = () => {
          call.answer({ query, whose: call.headers.authorization ?? null })
        }
        if (turn === 1) call.request.socket.destroy()
        else if (turn === 2) call.response.writeHead(502).end('Bad gateway')
        else if (turn === 3) call.response.writeHead(200, { 'content-length': 999 }).write('{"data":{')
        else if (turn < 8) reply()
        else setImmediate(reply)
      },
    })
    const signals: AbortSignal[] = []
    const outcomes = { answered: 0, refused: 0 }

    async function ask({ token, isMutation, query }: Person): Promise<void> {
      const end = new AbortController()
      signals.push(end.signal)
      // Half an answer hangs until its deadline.
      const timer = setTimeout(
        () => {
          end.abort()
        },
        random(3) === 0 ? random(10) : 150,
      )
      try {
        const scope = scopeOf({ accessToken: token, signal: end.signal })
        const { data } = await (isMutation ? subgraph.mutate(query, scope) : subgraph.query(query, scope))
        expect(data).toEqual({ query, whose: token === null ? null : `Bearer ${token}` })
        if (data) data.query = 'changed by who got it'
        outcomes.answered += 1
      } catch (error) {
        expect(error).toMatchObject({ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'goods' } })
        outcomes.refused += 1
      } finally {
        clearTimeout(timer)
      }
    }

    let nth = 0
    await Promise.all(
      Array.from({ length: 30 }, async () => {
        for (let round = 0; round < 20; round += 1) {
          nth += 1
          const isMutation = random(8) === 0
          await ask({
            token: [null, 'anna', 'ben'][random(3)] ?? null,
            isMutation,
            query: isMutation ? `mutation { m${String(nth)} }` : `{ q${String(random(4))} }`,
          })
        }
      }),
    )
    expect(outcomes.answered).toBeGreaterThan(100)
    expect(outcomes.refused).toBeGreaterThan(20)
    expect(subgraph.counted('joined')).toBeGreaterThan(20)
    expect(new Set(mutations).size).toBe(mutations.length)
    const alive = signals.filter(({ aborted }) => !aborted)
    expect(alive.flatMap((signal) => getEventListeners(signal, 'abort'))).toEqual([])
    // As many as may wait at all find room.
    isCalm = true
    const all = Array.from({ length: 40 }, (_, place) => subgraph.query(`{ calm${String(place)} }`))
    expect((await Promise.all(all)).length).toBe(40)
    await subgraph.close()
  },
)
