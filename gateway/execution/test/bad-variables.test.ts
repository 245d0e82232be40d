// Variables that do not fit: what stock says of them ours says, and no subgraph is asked.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAliasRule, reservedAliases } from '../../graphql/alias-rule.ts'
import { createDice, type Dice } from './dice.ts'
import { type Differ, startDiffer } from './differ.ts'
import type { Answer } from './executor.ts'
import { generateOperation } from './generate-operation.ts'
import { composeNastyGraph } from './nasty-graph.ts'

const graph = composeNastyGraph()
const rules = [createAliasRule(reservedAliases(graph.supergraph))]
const documents = 150

let differ: Differ
beforeAll(async () => {
  differ = await startDiffer(graph)
})
afterAll(async () => {
  await differ.stop()
})

test(
  'variables that do not fit are refused in the words of stock before any subgraph is asked',
  { timeout: 60_000 },
  async () => {
    let refused = 0
    for (let seed = 1; seed <= documents; seed += 1) {
      const dice = createDice(seed)
      const operation = generateOperation(differ.facts.apiSchema, dice, rules)
      const variables = spoil(operation.variables(dice), dice)
      const { stock, ours, asked } = await differ.executeBoth({ ...operation, variables }, seed)
      if (stock.data !== undefined || !messages(stock).some((message) => message.startsWith('Variable "$')))
        continue
      // What the planner fails on fails before its variables are looked at.
      if (ours.errors.some(({ extensions }) => extensions?.code === 'PLANNER_FAILED')) continue
      refused += 1
      expect(messages(ours), `seed ${seed}`).toEqual(messages(stock))
      expect(ours.errors.map(({ extensions }) => extensions?.code)).toEqual(
        ours.errors.map(() => 'BAD_USER_INPUT'),
      )
      expect(ours.data).toBeUndefined()
      expect(asked).toBe(0)
    }
    expect(refused).toBeGreaterThan(documents / 5)
  },
)

function messages({ errors }: Answer): string[] {
  return errors.map(({ message }) => message).sort()
}

const wrongValues: unknown[] = [
  null,
  1.5,
  'text',
  true,
  [],
  {},
  [[null]],
  { unknown: 1 },
  2 ** 40,
  [{ kind: 'NONE' }],
]

/** The same variables, about half of them something else. */
function spoil(variables: Record<string, unknown>, dice: Dice): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      dice.chance(0.5) ? dice.pick(wrongValues) : value,
    ]),
  )
}
