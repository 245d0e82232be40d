import type { ShouldRevalidateFunctionArgs } from 'react-router'

/**
 * `shouldRevalidate` of every route that a form kept by `keepForm` stands in: asking anew without a connection would put an
 * error page in the form's place.
 */
export function keepPage({ actionResult, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean {
  const { problem } = (actionResult ?? {}) as { problem?: { kind?: string } }
  return problem?.kind === 'lost' ? false : defaultShouldRevalidate
}
