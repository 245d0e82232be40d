import type { z } from 'zod'

/** The environment does not fit; the message names every bad variable, one per line, and shows no value. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(['The configuration cannot be used:', ...problems.map((problem) => `  ${problem}`)].join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

function describeProblem(
  issue: z.core.$ZodIssue,
  schema: z.ZodObject,
  given: Record<string, string | undefined>,
): string {
  const name = String(issue.path[0] ?? '')
  if (name === '') return issue.message
  const field = schema.shape[name] as z.ZodType | undefined
  const meaning = field?.description === undefined ? '' : ` (${field.description})`
  if (given[name] === undefined) return `${name} is missing${meaning}`
  const value = given[name]
  // A message written by a refinement may quote what it refused, and what it refused may be a password.
  const isQuoting = value.length > 3 && issue.message.includes(value)
  return `${name}: ${isQuoting ? 'is not valid' : issue.message}${meaning}`
}

/**
 * Reads the variables the schema names, once, at boot; others are ignored. An empty variable counts as one that is
 * not set, since compose files and charts write `NAME=` for it;
 * white space around a value is dropped. Throws ConfigError naming every bad variable.
 * A field's `.describe('…')` is printed with its problem.
 */
export function readConfig<S extends z.ZodObject>(
  schema: S,
  env: Record<string, string | undefined>,
): z.infer<S> {
  const given: Record<string, string | undefined> = {}
  for (const name of Object.keys(schema.shape)) {
    const value = env[name]?.trim()
    if (value !== undefined && value !== '') given[name] = value
  }
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  throw new ConfigError([
    ...new Set(parsed.error.issues.map((issue) => describeProblem(issue, schema, given))),
  ])
}
