/** Why another way to pay did not go through, as the order's page is told in its address. */
export const otherProblems = ['not-found', 'empty', 'too-many', 'not-offered', 'unavailable'] as const

export type OtherProblem = (typeof otherProblems)[number]
