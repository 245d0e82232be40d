import { expect, test } from 'vitest'
import { endpointOf } from './paced-http-client.ts'
import { manualPulse } from './manual-pulse.ts'
import { createRequestPacer, type Lane, type PacerOptions } from './request-pacer.ts'

function open(change: Partial<PacerOptions> = {}) {
  const pulse = manualPulse()
  const pacer = createRequestPacer({
    perSecond: 10,
    perEndpoint: 10,
    mostWaiting: 1_000,
    mostWaitMs: { shopper: 60_000, background: 60_000 },
    pulse,
    ...change,
  })
  const turns: { lane: Lane; endpoint: string; at: number; isIts: boolean }[] = []
  const ask = (count: number, lane: Lane, endpoint = 'POST /a') => {
    for (let time = 0; time < count; time++) {
      void pacer.turn(endpoint, lane).then((isIts) => {
        turns.push({ lane, endpoint, at: pulse.now(), isIts })
      })
    }
  }
  const most = (of: (turn: (typeof turns)[number]) => boolean) =>
    Math.max(
      ...turns.map(
        ({ at }) => turns.filter((turn) => of(turn) && turn.at >= at && turn.at < at + 1_000).length,
      ),
    )
  return { pulse, pacer, turns, ask, most }
}

test('no second sees more than the account’s limit, and every second sees that many', async () => {
  const { pulse, turns, ask, most } = open()
  ask(7, 'shopper', 'POST /a')
  await pulse.pass(900)
  for (let time = 0; time < 43; time++) ask(1, 'shopper', `POST /${String(time % 9)}`)
  await pulse.pass(4_100)
  expect(turns.filter(({ isIts }) => isIts)).toHaveLength(50)
  expect(most(() => true)).toBe(10)
})

test('one endpoint at its limit does not keep the others waiting', async () => {
  const { pulse, turns, ask, most } = open({ perSecond: 100, perEndpoint: 5 })
  ask(20, 'shopper', 'POST /slow')
  ask(3, 'shopper', 'GET /other')
  await pulse.pass(0)
  expect(turns.filter(({ endpoint }) => endpoint === 'GET /other')).toHaveLength(3)
  await pulse.pass(3_000)
  expect(turns).toHaveLength(23)
  expect(most(({ endpoint }) => endpoint === 'POST /slow')).toBe(5)
})

test('the background gives way to shoppers, and gets every tenth turn', async () => {
  const { pulse, turns, ask } = open()
  ask(10, 'shopper')
  ask(30, 'background')
  ask(40, 'shopper')
  await pulse.pass(3_999)
  const later = turns.slice(10)
  expect(later.filter(({ lane }) => lane === 'shopper')).toHaveLength(27)
  expect(later.filter(({ lane }) => lane === 'background')).toHaveLength(3)
})

test('the background has all turns that nobody else wants', async () => {
  const { pulse, turns, ask } = open()
  ask(30, 'background')
  await pulse.pass(2_000)
  expect(turns).toHaveLength(30)
})

test('who finds too many waiting is told at once, and who waits too long then', async () => {
  const { pulse, turns, ask } = open({ mostWaiting: 15, mostWaitMs: { shopper: 600, background: 60_000 } })
  ask(40, 'shopper')
  await pulse.pass(0)
  expect(turns.map(({ isIts }) => isIts).sort()).toEqual([
    ...Array.from({ length: 15 }, () => false),
    ...Array.from({ length: 10 }, () => true),
  ])
  await pulse.pass(600)
  expect(turns.filter(({ isIts, at }) => !isIts && at === 600)).toHaveLength(15)
  ask(1, 'shopper')
  await pulse.pass(500)
  expect(turns.at(-1)?.isIts).toBe(true)
})

test('after it was told that it is too much nobody asks for as long', async () => {
  const { pulse, pacer, turns, ask } = open()
  pacer.pause(3_000)
  ask(2, 'shopper')
  ask(1, 'background')
  await pulse.pass(2_999)
  expect(turns).toEqual([])
  await pulse.pass(1)
  expect(turns.map(({ isIts }) => isIts)).toEqual([true, true, true])
})

test.each([
  ['POST', '/v1/payment_intents', 'POST /v1/payment_intents'],
  ['POST', '/v1/payment_intents/pi_3N/capture', 'POST /v1/payment_intents/:id/capture'],
  ['GET', '/v1/refunds/re_1?expand[0]=charge', 'GET /v1/refunds/:id'],
])('%s %s counts as %s', (method, path, endpoint) => {
  expect(endpointOf(method, path)).toBe(endpoint)
})
