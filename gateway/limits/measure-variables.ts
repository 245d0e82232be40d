import { limits, tooLarge } from './limits.ts'

/**
 * Throws a Refusal when the variables of a request are deeper or more than anything we serve. Without this, what reads
 * them one inside the other would run out of stack.
 */
export function measureVariables(variables: unknown): void {
  let values = 0
  let level = objectsIn([variables])
  for (let depth = 0; level.length > 0; depth += 1) {
    // The variables themselves are level 0.
    if (depth > limits.valueDepth) throw tooLarge('valueDepth')
    const next: object[] = []
    for (const outer of level) {
      const inner: readonly unknown[] = Array.isArray(outer) ? outer : Object.values(outer)
      values += inner.length
      if (values > limits.variableValues) throw tooLarge('variableValues')
      next.push(...objectsIn(inner))
    }
    level = next
  }
}

function objectsIn(values: readonly unknown[]): object[] {
  return values.filter((value) => typeof value === 'object' && value !== null)
}
