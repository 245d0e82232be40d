import { parse, validate } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAliasRule, reservedAliases } from '../../graphql/alias-rule.ts'
import { type Differ, startDiffer, type Verdict } from './differ.ts'
import type { TestGraph } from './graph-facts.ts'
import { readHouseGraph } from './house-graph.ts'
import { composeNastyGraph } from './nasty-graph.ts'
import { type StockFault, stockFaults } from './stock-faults.ts'

const graphs: Record<StockFault['graph'], TestGraph> = { house: readHouseGraph(), nasty: composeNastyGraph() }
/** Worlds in which a fault must show itself at least once. Odd: tags ask for more, which hides some faults. */
const seeds = Array.from({ length: 20 }, (_, index) => index * 2 + 1)
/** What fails does so now and then. */
const seedsOfBadWeather = Array.from({ length: 200 }, (_, index) => index * 2 + 1)

let differs: Record<StockFault['graph'], Differ>
beforeAll(async () => {
  differs = { house: await startDiffer(graphs.house), nasty: await startDiffer(graphs.nasty) }
})
afterAll(async () => {
  await differs.house.stop()
  await differs.nasty.stop()
})

test.each(stockFaults)('$ours: $reason', { timeout: 60_000 }, async (fault) => {
  const { graph, operation, variables = {}, weather = 'sound', ours } = fault
  const document = parse(operation)
  const verdicts: Verdict[] = []
  for (const seed of weather === 'sound' ? seeds : seedsOfBadWeather) {
    const asked = { text: operation, document, operationName: undefined, variables }
    verdicts.push(await differs[graph].compare(asked, seed, weather))
  }
  const refused = validate(differs[graph].facts.apiSchema, document, [
    createAliasRule(reservedAliases(graphs[graph].supergraph)),
  ])
  const faults = verdicts.flatMap((verdict) => (verdict.fault === null ? [] : [verdict.fault]))
  // When this fails stock has become right: the line may go, and what works around it in our executor too.
  expect(verdicts.some(({ stockFault }) => stockFault !== null)).toBe(true)
  const fallbacks = verdicts.filter(({ isFallback }) => isFallback)
  if (ours !== 'error') expect(fallbacks).toEqual([])
  if (ours === 'right') expect(faults).toEqual([])
  if (ours === 'error' && refused.length === 0) {
    expect(faults.length + fallbacks.length).toBeGreaterThan(0)
    expect(faults.filter((found) => !found.startsWith('error'))).toEqual([])
  }
})
