// Refuses what Stripe would refuse: a parameter it does not have, of another type, or one that is missing.
import { type Answer, badRequest } from './answer.ts'

/** A parameter: the part of JSON Schema that Stripe's OpenAPI uses for requests. */
export interface Shape {
  type?: string
  properties?: Readonly<Record<string, Shape>>
  required?: readonly string[]
  additionalProperties?: boolean | Shape
  items?: Shape
  enum?: readonly unknown[]
  maxLength?: number
  anyOf?: readonly Shape[]
}

type Value = string | Tree
interface Tree {
  [name: string]: Value
}

/** Null when all is well. */
export function checkParameters(shape: Shape, entries: readonly [string, string][]): Answer | null {
  return check(shape, toTree(entries), '')
}

/** `a[b][0]=c` as objects in objects. */
function toTree(entries: readonly [string, string][]): Tree {
  const root: Tree = {}
  for (const [name, text] of entries) {
    const path = name.split('[').map((part) => part.replace(/\]$/, ''))
    let place = root
    for (const part of path.slice(0, -1)) {
      const inner = place[part]
      place = typeof inner === 'object' ? inner : (place[part] = {})
    }
    place[path.at(-1) ?? ''] = text
  }
  return root
}

function check(shape: Shape, value: Value, name: string): Answer | null {
  if (shape.anyOf) {
    const refusals = shape.anyOf.map((one) => check(one, value, name))
    return refusals.includes(null) ? null : (refusals[0] ?? null)
  }
  switch (shape.type) {
    case 'object':
      return typeof value === 'string'
        ? wrong('parameter_invalid_object', 'object', name)
        : checkObject(shape, value, name)
    case 'array':
      return typeof value === 'string'
        ? wrong('parameter_invalid_array', 'array', name)
        : firstOf(Object.entries(value), ([key, item]) => check(shape.items ?? {}, item, `${name}[${key}]`))
    case 'integer':
      return typeof value === 'string' && /^-?\d{1,15}$/.test(value)
        ? null
        : wrong('parameter_invalid_integer', 'integer', name)
    case 'boolean':
      return value === 'true' || value === 'false'
        ? null
        : wrong('parameter_invalid_boolean', 'boolean', name)
    case 'string':
      return typeof value === 'string'
        ? checkText(shape, value, name)
        : wrong('parameter_invalid_string', 'string', name)
    default:
      return null
  }
}

function checkObject(shape: Shape, value: Tree, name: string): Answer | null {
  const nameOf = (key: string) => (name === '' ? key : `${name}[${key}]`)
  const lacking = shape.required?.find((key) => !(key in value))
  if (lacking !== undefined) {
    const param = nameOf(lacking)
    return badRequest('parameter_missing', `Missing required param: ${param}.`, { param })
  }
  return firstOf(Object.entries(value), ([key, inner]) => {
    const known = shape.properties?.[key] ?? shape.additionalProperties
    if (typeof known === 'object') return check(known, inner, nameOf(key))
    if (known === true || (known === undefined && !shape.properties)) return null
    const param = nameOf(key)
    return badRequest('parameter_unknown', `Received unknown parameter: ${param}`, { param })
  })
}

function checkText(shape: Shape, value: string, name: string): Answer | null {
  const isKnown = !shape.enum || shape.enum.includes(value)
  if (isKnown && value.length <= (shape.maxLength ?? Infinity)) return null
  return badRequest('parameter_invalid_string', `Invalid ${name}: ${value.slice(0, 100)}`, { param: name })
}

function firstOf<T>(items: readonly T[], find: (item: T) => Answer | null): Answer | null {
  for (const item of items) {
    const found = find(item)
    if (found) return found
  }
  return null
}

function wrong(code: string, type: string, param: string): Answer {
  return badRequest(code, `Invalid ${type}: ${param}`, { param })
}
