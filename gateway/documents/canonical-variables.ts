// One spelling for what means the same, so that a cache in front of us, ours, and two clients agree on an address.
import { Refusal } from '../http/refusal.ts'

/** Input types nest a few levels; only a scalar that takes any JSON could mean more. */
const depthLimit = 64

/**
 * The variables as JSON text: only declared ones, keys sorted at every level by UTF-16 code unit, no whitespace. Empty
 * when none is left. `null` stays: to GraphQL it is not the same as leaving a variable out. Throws a Refusal when they
 * nest deeper than anything means.
 */
export function canonicalVariables(variables: unknown, declared: readonly string[]): string {
  if (typeof variables !== 'object' || variables === null) return ''
  let text = ''
  for (const name of isSorted(declared) ? declared : declared.toSorted()) {
    if (!Object.hasOwn(variables, name)) continue
    const value: unknown = variables[name as keyof typeof variables]
    if (value === undefined) continue
    text += `${text === '' ? '{' : ','}${JSON.stringify(name)}:${write(value, 1)}`
  }
  return text === '' ? '' : `${text}}`
}

/** The address of a registered query with these variables: `/graphql/<hash>?variables=…`, or without when there are none. */
export function canonicalUrl(hash: string, variables: unknown, declared: readonly string[]): string {
  const text = canonicalVariables(variables, declared)
  return text === '' ? `/graphql/${hash}` : `/graphql/${hash}?variables=${encodeURIComponent(text)}`
}

function write(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (depth > depthLimit) throw new Refusal(400, 'BAD_REQUEST', 'The variables are nested too deeply.')
  if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(',')}]`
  const keys = Object.keys(value)
  if (keys.length > 1) keys.sort()
  const fields = keys.map(
    (key) => `${JSON.stringify(key)}:${write(value[key as keyof typeof value], depth + 1)}`,
  )
  return `{${fields.join(',')}}`
}

function isSorted(names: readonly string[]): boolean {
  return names.every((name, place) => place === 0 || (names[place - 1] ?? '') <= name)
}
