import { Refusal } from '../http/refusal.ts'

/** Several times what the largest page of the web app needs, far below what hurts. */
export const limits = {
  tokens: 2_000,
  operations: 5,
  depth: 16,
  /** Selection sets within selection sets: the depth with the fragments. */
  nesting: 40,
  fields: 500,
  /** Validation compares every two fields of one name in one place: two are one pair, twenty are 190. */
  pairs: 1_500,
  /** `__typename` counts: it is how a document is made long without naming any field. */
  aliases: 30,
  nameLength: 100,
  rootFields: 20,
  /** Few, so that one request is not many guesses at a password. */
  rootMutations: 3,
  directives: 40,
  variables: 60,
  /** Lists and objects within each other in an argument, or in the variables. */
  valueDepth: 16,
  /** Single values in the variables: a sale of a hundred lines has 700. */
  variableValues: 2_000,
  pageSize: 100,
} as const

export function tooLarge(limit: keyof typeof limits): Refusal {
  return new Refusal(
    400,
    'OPERATION_TOO_LARGE',
    `This operation is over the limit of ${limit}: ${String(limits[limit])}.`,
    { limit, max: limits[limit] },
  )
}
