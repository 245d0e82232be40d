// Writes what a subgraph needs to know of entities, as JSON text straight from the objects received.
import type { GraphQLSchema } from 'graphql'
import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner'
import { CannotCompile } from './cannot-compile.ts'
import { isOfType } from './is-of-type.ts'
import { type Conditions, requiredNames } from './plan-paths.ts'
import { isReceivedObject, type ReceivedObject } from './received.ts'
import type { SubgraphKeys } from './subgraph-keys.ts'

export interface Represented {
  /** `{"__typename":"Product","id":"1"},{…}`, each only once. */
  json: string
  count: number
  /** For each representation the first object that it stands for. */
  firsts: ReceivedObject[]
  /** For each object the position of its representation; −1: has none. */
  positions: number[]
  /** Objects of a fitting type that lack what the subgraph needs. */
  incomplete: ReceivedObject[] | null
}

export type RepresentationWriter = (
  objects: readonly ReceivedObject[],
  variables: Record<string, unknown>,
) => Represented

/** Undefined when the object lacks one of the fields, other than those that nobody asked for. */
type ObjectWriter = (object: ReceivedObject, notAsked: ReadonlySet<string> | null) => string | undefined

interface TypeWriter {
  write: ObjectWriter
  /** The one field besides `__typename`, when it is a leaf: tells entities apart without writing them. */
  onlyField: string | undefined
}

/**
 * `requires` and `inputRewrites` are those of a plan's fetch. Throws CannotCompile for rewrites other than those of
 * interface objects, which change the `__typename`.
 */
export function compileRepresentations(options: {
  supergraph: GraphQLSchema
  requires: readonly QueryPlanSelectionNode[]
  inputRewrites: readonly FetchDataRewrite[]
  /** Of the subgraph that is asked. An object of which no whole key is sent is left out: nobody could find it. */
  keys: SubgraphKeys
  /**
   * Fields that are asked for under conditions only. Where these do not hold they are left out: the planner gives one
   * fetch the requirements of fields that are skipped and of others that are not.
   */
  conditions: ReadonlyMap<string, readonly Conditions[]>
}): RepresentationWriter {
  const { supergraph, requires, inputRewrites } = options
  const required = requiredNames(requires)
  const conditional = [...options.conditions].filter(([name]) => required.has(name))
  const renames = inputRewrites.map(toTypeRename)
  const writers = new Map<string, TypeWriter | null>()

  function writerOf(typename: string): TypeWriter | null {
    let writer = writers.get(typename)
    if (writer === undefined) {
      writer = compileType(typename)
      // A subgraph may invent type names; they must not fill the memory.
      if (supergraph.getType(typename)) writers.set(typename, writer)
    }
    return writer
  }

  function compileType(typename: string): TypeWriter | null {
    const fields = fieldsFor(supergraph, requires, typename)
    // A subgraph could not tell what it is.
    if (!fields.has('__typename')) return null
    let sentTypename = typename
    for (const { from, to } of renames) if (isOfType(supergraph, sentTypename, from)) sentTypename = to
    const typeKeys = options.keys.get(sentTypename)
    if (!typeKeys?.some((key) => key.every((name) => fields.has(name)))) return null
    const others = [...fields].filter(([name]) => name !== '__typename')
    const [only] = others
    return {
      write: compileFields(supergraph, new Map(others), `"__typename":${JSON.stringify(sentTypename)}`),
      onlyField: only && others.length === 1 && !only[1] ? only[0] : undefined,
    }
  }

  function namesNotAsked(variables: Record<string, unknown>): ReadonlySet<string> | null {
    if (conditional.length === 0) return null
    const names = conditional.flatMap(([name, either]) =>
      either.some((all) => hold(all, variables)) ? [] : [name],
    )
    return names.length === 0 ? null : new Set(names)
  }

  return (objects, variables) => {
    const notAsked = namesNotAsked(variables)
    const texts: string[] = []
    const firsts: ReceivedObject[] = []
    const positions: number[] = []
    let incomplete: ReceivedObject[] | null = null
    // By concrete type, so that what is received for an interface object is never shared between types.
    let seenByType: Map<string, Map<unknown, number>> | null = null
    let lastTypename: string | undefined
    let writer: TypeWriter | null = null
    let seen = new Map<unknown, number>()
    for (const object of objects) {
      const typename = object.__typename
      if (typeof typename !== 'string') {
        incomplete ??= []
        incomplete.push(object)
        positions.push(-1)
        continue
      }
      if (typename !== lastTypename) {
        writer = writerOf(typename)
        if (lastTypename !== undefined) {
          seenByType ??= new Map()
          seenByType.set(lastTypename, seen)
          seen = seenByType.get(typename) ?? new Map<unknown, number>()
        }
        lastTypename = typename
      }
      if (!writer) {
        positions.push(-1)
        continue
      }
      let identity: unknown = writer.onlyField === undefined ? undefined : object[writer.onlyField]
      let text: string | undefined
      if (identity === undefined || isReceivedObject(identity)) {
        text = writer.write(object, notAsked)
        if (text === undefined) {
          incomplete ??= []
          incomplete.push(object)
          positions.push(-1)
          continue
        }
        identity = text
      }
      let position = seen.get(identity)
      if (position === undefined) {
        position = texts.length
        firsts.push(object)
        seen.set(identity, position)
        texts.push(text ?? writer.write(object, notAsked) ?? '')
      }
      positions.push(position)
    }
    return { json: texts.join(','), count: texts.length, firsts, positions, incomplete }
  }
}

function hold(conditions: Conditions, variables: Record<string, unknown>): boolean {
  return conditions.every(({ variable, value }) => variables[variable] === value)
}

function toTypeRename(rewrite: FetchDataRewrite): { from: string; to: string } {
  const [condition, field] = rewrite.path
  const to: unknown = rewrite.kind === 'ValueSetter' ? rewrite.setValueTo : undefined
  if (
    rewrite.path.length !== 2 ||
    !condition?.startsWith('... on ') ||
    field !== '__typename' ||
    typeof to !== 'string'
  ) {
    throw new CannotCompile(`A representation is rewritten at ${rewrite.path.join(' ')}`)
  }
  return { from: condition.slice('... on '.length), to }
}

/** Response names with the selections below them; undefined for a leaf. */
type Fields = Map<string, QueryPlanSelectionNode[] | undefined>

/** What of the selections holds for an object of this type; undefined: of no known type. */
function fieldsFor(
  supergraph: GraphQLSchema,
  selections: readonly QueryPlanSelectionNode[],
  typename: string | undefined,
  fields: Fields = new Map(),
): Fields {
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const name = selection.alias ?? selection.name
      if (name in Object.prototype) throw new CannotCompile(`A required field is named ${name}`)
      const below = fields.get(name)
      fields.set(name, selection.selections ? [...(below ?? []), ...selection.selections] : below)
    } else if (
      selection.typeCondition === undefined ||
      (typename !== undefined && isOfType(supergraph, typename, selection.typeCondition))
    ) {
      fieldsFor(supergraph, selection.selections, typename, fields)
    }
  }
  return fields
}

function compileSelections(
  supergraph: GraphQLSchema,
  selections: readonly QueryPlanSelectionNode[],
): ObjectWriter {
  if (selections.every(({ kind }) => kind === 'Field')) {
    return compileFields(supergraph, fieldsFor(supergraph, selections, undefined))
  }
  const writers = new Map<string, ObjectWriter>()
  return (object) => {
    const typename = typeof object.__typename === 'string' ? object.__typename : ''
    let writer = writers.get(typename)
    if (!writer) {
      writer = compileFields(supergraph, fieldsFor(supergraph, selections, typename))
      if (supergraph.getType(typename)) writers.set(typename, writer)
    }
    return writer(object, null)
  }
}

function compileFields(supergraph: GraphQLSchema, fields: Fields, head = ''): ObjectWriter {
  const writers = [...fields].map(([name, below], index) => ({
    name,
    label: `${index === 0 && head === '' ? '' : ','}${JSON.stringify(name)}:`,
    write: below ? compileSelections(supergraph, below) : null,
  }))
  return (object, notAsked) => {
    let text = `{${head}`
    for (const { name, label, write } of writers) {
      const value = object[name]
      if (value === undefined) {
        if (notAsked?.has(name)) continue
        return undefined
      }
      const written = write ? writeComposite(value, write) : JSON.stringify(value)
      if (written === undefined) return undefined
      text += label + written
    }
    return `${text}}`
  }
}

function writeComposite(value: unknown, write: ObjectWriter): string | undefined {
  if (!Array.isArray(value)) return isReceivedObject(value) ? write(value, null) : 'null'
  let text = '['
  for (const item of value as unknown[]) {
    const written = writeComposite(item, write)
    if (written === undefined) return undefined
    text += text === '[' ? written : `,${written}`
  }
  return `${text}]`
}
