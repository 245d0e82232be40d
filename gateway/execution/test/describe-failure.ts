import { type DocumentNode, print, type ValidationRule } from 'graphql'
import type { Differ, Verdict, Weather } from './differ.ts'
import { shrinkOperation } from './shrink-operation.ts'

export interface Failure {
  document: DocumentNode
  variables: Record<string, unknown>
  seed: number
  weather: Weather
  verdict: Verdict
}

/** What somebody needs to see it again: the seed, the smallest operation that still fails alike, and what everybody said. */
export async function describeFailure(
  differ: Differ,
  { document, variables, seed, weather, verdict }: Failure,
  rules: readonly ValidationRule[],
): Promise<string> {
  const again = (smaller: DocumentNode) =>
    differ.compare(
      { text: print(smaller), document: smaller, operationName: undefined, variables },
      seed,
      weather,
    )
  const kind = kindOf(verdict)
  const smallest = await shrinkOperation(document, differ.facts.apiSchema, rules, async (smaller) => {
    try {
      return kindOf(await again(smaller)) === kind
    } catch {
      return false
    }
  })
  const { fault, answers } = await again(smallest)
  return [
    `seed ${seed}, ${weather}: ${fault ?? verdict.fault ?? ''}`,
    print(smallest).replaceAll(/\s+/g, ' '),
    JSON.stringify(variables),
    ...Object.entries(answers).map(([who, answer]) => `${who}: ${JSON.stringify(answer)}`),
  ].join('\n  ')
}

function kindOf({ fault }: Verdict): string | undefined {
  return fault?.replaceAll(/\d+/g, '#').slice(0, 30)
}
