// Our executor against stock @apollo/gateway and against a monolith, on operations and data that chance makes.
//
// `DIFF_OPERATIONS=50000 DIFF_SEED=7 vitest run --project unit gateway/execution/test` runs longer or elsewhere.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAliasRule, reservedAliases } from '../../graphql/alias-rule.ts'
import { describeFailure } from './describe-failure.ts'
import { createDice } from './dice.ts'
import { type Differ, startDiffer, type Verdict, type Weather } from './differ.ts'
import { generateOperation } from './generate-operation.ts'
import { makeVariables } from './generate-values.ts'
import { readHouseGraph } from './house-graph.ts'
import { composeNastyGraph } from './nasty-graph.ts'

const operations = Number(process.env.DIFF_OPERATIONS ?? 4000)
const firstSeed = Number(process.env.DIFF_SEED ?? 1)
const weathers: Weather[] = ['sound', 'failing', 'lax', 'broken']
/** Documents of which stock makes something wrong measure nothing in bad weather; more of them would be suspicious. */
const mostUnmeasured = 0.06
const enoughFailures = 3
/** What the web app asks; made by its build. */
const registeredFile = join(import.meta.dirname, '../../../web/generated/persisted-documents.json')

describe.each([
  { name: 'our own graph', read: readHouseGraph },
  { name: 'a nasty graph', read: composeNastyGraph },
])('$name', ({ name, read }) => {
  const graph = read()
  const rules = [createAliasRule(reservedAliases(graph.supergraph))]
  let differ: Differ
  beforeAll(async () => {
    differ = await startDiffer(graph)
  })
  afterAll(async () => {
    await differ.stop()
  })

  test(
    'generated operations are answered as stock answers them, and right where stock is wrong',
    { timeout: Math.max(120_000, operations * 100) },
    async () => {
      const failures: string[] = []
      let unmeasured = 0
      let fallbacks = 0
      const documents = Math.ceil(operations / weathers.length / 2)
      for (
        let seed = firstSeed;
        seed < firstSeed + documents && failures.length < enoughFailures;
        seed += 1
      ) {
        const dice = createDice(seed)
        const operation = generateOperation(differ.facts.apiSchema, dice, rules)
        for (const weather of weathers) {
          const variables = operation.variables(dice)
          const verdict = await differ.compare({ ...operation, variables }, seed, weather)
          if (verdict.fault !== null && !isPlannerFault(verdict)) {
            const { document } = operation
            failures.push(
              await describeFailure(differ, { document, variables, seed, weather, verdict }, rules),
            )
          }
          if (verdict.isFallback) fallbacks += 1
          if (verdict.isFallback || (weather === 'sound' && verdict.stockFault !== null)) {
            unmeasured += 1
            break
          }
        }
      }
      expect(failures.join('\n\n')).toBe('')
      expect(unmeasured / documents).toBeLessThan(mostUnmeasured)
      // The planner fails on some interface objects, a key that is added for a tag may clash with what the client asks, and a
      // mutation may be there twice under two conditions.
      expect(fallbacks / documents).toBeLessThan(name === 'our own graph' ? 0.004 : 0.04)
    },
  )

  if (name !== 'our own graph') return
  test.skipIf(!existsSync(registeredFile))(
    "the web app's operations are answered as stock answers them",
    { timeout: 120_000 },
    async () => {
      const registered = JSON.parse(readFileSync(registeredFile, 'utf8')) as Record<string, string>
      const failures: string[] = []
      for (const [index, text] of Object.values(registered).entries()) {
        const document = parse(text, { noLocation: true })
        for (const weather of weathers) {
          for (const seed of [4 * index + 1, 4 * index + 4]) {
            const variables = makeVariables(differ.facts.apiSchema, document, createDice(seed))
            const operation = { text, document, operationName: undefined, variables }
            const verdict = await differ.compare(operation, seed, weather)
            expect(verdict.isFallback).toBeUndefined()
            if (verdict.fault === null || failures.length >= enoughFailures) continue
            failures.push(
              await describeFailure(differ, { document, variables, seed, weather, verdict }, rules),
            )
          }
        }
      }
      expect(failures.join('\n\n')).toBe('')
    },
  )
})

/** Questions that a subgraph cannot answer, see stock-faults.ts: with an error, never with wrong data. */
function isPlannerFault({ fault, stockFault }: Verdict): boolean {
  return fault !== null && stockFault !== null && plannerFault.test(fault)
}

const plannerFault =
  /is no entity here|A subgraph did not tell what another needs|Nobody is {"__typename":"Badge"/
