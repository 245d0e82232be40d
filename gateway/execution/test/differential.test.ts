// Our executor against stock @apollo/gateway and against a monolith, on operations and data that chance makes.
//
// `DIFF_OPERATIONS=50000 DIFF_SEED=7 vitest run --project unit gateway/execution/test` runs longer or elsewhere.
import { type DocumentNode, print } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAliasRule, reservedAliases } from '../../graphql/alias-rule.ts'
import { createDice } from './dice.ts'
import { type Differ, startDiffer, type Verdict, type Weather } from './differ.ts'
import { generateOperation, type GeneratedOperation } from './generate-operation.ts'
import { readHouseGraph } from './house-graph.ts'
import { composeNastyGraph } from './nasty-graph.ts'
import { shrinkOperation } from './shrink-operation.ts'

const operations = Number(process.env.DIFF_OPERATIONS ?? 4000)
const firstSeed = Number(process.env.DIFF_SEED ?? 1)
const weathers: Weather[] = ['sound', 'failing', 'lax', 'broken']
/** Documents of which stock makes something wrong measure nothing in bad weather; more of them would be suspicious. */
const mostUnmeasured = 0.06
const enoughFailures = 3

describe.each([
  { name: 'our own graph', read: readHouseGraph },
  { name: 'a nasty graph', read: composeNastyGraph },
])('$name', ({ read }) => {
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
    { timeout: Math.max(60_000, operations * 100) },
    async () => {
      const failures: string[] = []
      let unmeasured = 0
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
          if (verdict.stockFault !== null) unmeasured += 1
          if (verdict.fault !== null && !isPlannerFault(verdict)) {
            failures.push(await describeFailure({ operation, variables, seed, weather, verdict }))
          }
          if (verdict.stockFault !== null) break
        }
      }
      expect(failures.join('\n\n')).toBe('')
      expect(unmeasured / documents).toBeLessThan(mostUnmeasured)
    },
  )

  async function describeFailure(failed: {
    operation: GeneratedOperation
    variables: Record<string, unknown>
    seed: number
    weather: Weather
    verdict: Verdict
  }): Promise<string> {
    const { operation, variables, seed, weather } = failed
    const again = (document: DocumentNode) =>
      differ.compare({ text: print(document), document, operationName: undefined, variables }, seed, weather)
    const kind = kindOf(failed.verdict)
    const smallest = await shrinkOperation(
      operation.document,
      differ.facts.apiSchema,
      rules,
      async (smaller) => {
        try {
          return kindOf(await again(smaller)) === kind
        } catch {
          return false
        }
      },
    )
    const { fault, answers } = await again(smallest)
    const said = Object.entries(answers).map(([who, answer]) => `  ${who}: ${JSON.stringify(answer)}`)
    return [
      `seed ${seed}, ${weather}: ${fault ?? failed.verdict.fault ?? ''}`,
      `  ${print(smallest).replaceAll(/\s+/g, ' ')}`,
      `  ${JSON.stringify(variables)}`,
      ...said,
    ].join('\n')
  }
})

/** The planner we share with stock refuses some of what interface objects allow: with an error, never with wrong data. */
function isPlannerFault({ fault, stockFault }: Verdict): boolean {
  return (
    fault !== null &&
    stockFault !== null &&
    /We should have an edge from|Cannot add selection of field/.test(fault)
  )
}

function kindOf({ fault }: Verdict): string | undefined {
  return fault?.replaceAll(/\d+/g, '#').slice(0, 30)
}
