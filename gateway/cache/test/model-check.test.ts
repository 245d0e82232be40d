// Every order in which reads, fills, stores, events, purges and their words can happen on two gateways. What runs here
// is the cache itself; only Redis is a small store with the same semantics.
import { describe, expect, test } from 'vitest'
import { createModelWorld, type Mutation, type Scenario } from './model-world.ts'
import { type Explored, exploreAll } from './schedule.ts'

// Seconds on an idle machine.
const timeout = 180_000

async function explore(name: string, scenario: Scenario): Promise<Explored> {
  const explored = await exploreAll(() => createModelWorld(scenario))
  const { states, schedules, wrong } = explored
  const percent = ((100 * wrong) / schedules).toFixed(1)
  console.log(`${name}: ${states} states, ${schedules} schedules, ${wrong} wrong (${percent} %)`)
  return explored
}

describe('nobody gets, or waits for, what is older than the purges done when he asked, and in the end nobody at all', () => {
  test.each<[string, Scenario]>([
    ['a reader on each gateway', { readers: { A: 1, B: 1 }, events: ['A'] }],
    ['three readers where the event comes', { readers: { A: 3, B: 0 }, events: ['A'] }],
    ['three readers where it does not', { readers: { A: 0, B: 3 }, events: ['A'] }],
    ['two changes, told to two gateways', { readers: { A: 1, B: 0 }, events: ['A', 'B'] }],
    ['two changes, told to the other gateway', { readers: { A: 1, B: 0 }, events: ['B', 'B'] }],
    ['two readers while it gets stale', { readers: { A: 2, B: 0 }, events: ['B'], hasAgeing: true }],
    ['a shared tier that loses everything', { readers: { A: 0, B: 2 }, events: ['A'], hasFlushAll: true }],
    ['a word that is lost', { readers: { A: 1, B: 1 }, events: ['A'], losesWord: true }],
  ])('%s', { timeout }, async (name, scenario) => {
    const { wrong, example } = await explore(name, scenario)
    expect(example).toBeNull()
    expect(wrong).toBe(0)
  })
})

describe('without one of its parts the check finds what goes wrong', () => {
  const here: Scenario = { readers: { A: 2, B: 0 }, events: ['A'] }
  const there: Scenario = { readers: { A: 0, B: 1 }, events: ['A'] }
  const both: Scenario = { readers: { A: 1, B: 1 }, events: ['A'] }
  const flushed: Scenario = { readers: { A: 1, B: 0 }, events: ['A'], hasFlushAll: true }
  test.each<[string, Scenario, Mutation]>([
    ['an event that only deletes', both, { deletesOnly: true, memoryKeepsAll: true }],
    ['words before the shared tier', both, { tellsFirst: true }],
    ['no fence at the store', there, { storesWithoutFence: true }],
    ['a memory that keeps what was purged meanwhile', there, { memoryKeepsAll: true }],
    ['joining a fill from before a purge', here, { joinsAll: true }],
    ['a clock that starts again unnoticed', flushed, { hasOneEpoch: true }],
    ['a lease that outlives a purge', both, { leaseOutlivesPurge: true }],
  ])('%s', { timeout }, async (name, scenario, mutation) => {
    const { wrong, example } = await explore(name, { ...scenario, mutation })
    expect(wrong).toBeGreaterThan(0)
    expect(example).not.toBeNull()
  })
})
