// What planning may cost. Where interface objects lie inside one another the options multiply with each level: four
// levels, forty short fields, took the planner more than 4 GB. No limit on documents tells those from others.

/**
 * For the planner. No operation of the web app, and of thousands that chance made none, needs a quarter of them.
 */
export const plannerLimits = {
  /** Ways to one field through the subgraphs. */
  pathsLimit: 100,
  /** Whole plans that are compared; beyond it the planner drops ways to fields, never fields. */
  maxEvaluatedPlans: 500,
} as const

/** The operation is valid, and planning it would cost more than any operation may. */
export class TooComplexToPlan extends Error {
  override readonly name = 'TooComplexToPlan'
}

/** The planner has no class for it. */
export function isOverPlannerLimit(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(Too many options generated|Number of non-local selections exceeds)/.test(error.message)
  )
}
