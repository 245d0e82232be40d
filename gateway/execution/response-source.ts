// Writes the JavaScript that writes a response: one function per selection and type, each a single concatenation, so
// that nothing is left to decide while it runs. For
//
//     { products { id name reviews { stars } } }
//
// with `products: [Product!]!` and `reviews: [Review!]`, it is
//
//     const m1 = createResponseMemo()
//     const w1 = (o) => {                                             // Review
//       if (typeof o !== "object" || o === null) throw gaveUp
//       let v = m1.find(o)
//       if (v !== undefined) return v
//       if (o["__typename"] != null && o["__typename"] !== "Review") throw gaveUp
//       return m1.keep(o, "{\"stars\":" + int(o["stars"]) + "}")
//     }
//     const l1 = (list) => {                                          // [Review!]
//       if (!Array.isArray(list)) throw gaveUp
//       let text = "["
//       for (let i = 0; i < list.length; i += 1) text += (i === 0 ? "" : ",") + w1(list[i])
//       return text + "]"
//     }
//     const w2 = (o) => {                                             // Product
//       …
//       return m2.keep(o, "{\"id\":" + id(o["id"]) + ",\"name\":" + ((v = o["name"]) == null ? "null" : string(v)) + …
//     }
//
// Whatever is not as the schema says makes it give up; then response-completion.ts writes the response and says why.
// So the happy path pays nothing for nulls that bubble. Names from the document enter the source as JSON only.
import {
  getNamedType,
  getNullableType,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'
import { CannotCompile } from './cannot-compile.ts'
import { generatedRuntime } from './response-runtime.ts'
import type { FieldReader, SelectedField, SelectionsOn } from './response-selections.ts'

/** Writes data as JSON text and adds the tags of its entities; null when something in it is not as the schema says. */
export type GeneratedWriter = (
  data: Readonly<Record<string, unknown>>,
  tags: Set<string> | null,
) => string | null

// Fragments on many types inside each other multiply the functions. Registered operations have tens.
const maxFunctions = 500

interface GeneratedOptions {
  schema: GraphQLSchema
  fieldsOf: FieldReader
  root: SelectionsOn
  entityKeys: ReadonlyMap<string, readonly string[]> | null
}

/** Generates and compiles the writer of one operation for one set of conditions; null when it would be too large. */
export function compileGeneratedWriter(options: GeneratedOptions): GeneratedWriter | null {
  const source = responseSource(options)
  if (source === null) return null
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- generated above
  return new Function('runtime', source)(generatedRuntime) as GeneratedWriter
}

/** The body of a function that takes the runtime and returns a GeneratedWriter; null when it would be too large. */
export function responseSource({ schema, fieldsOf, root, entityKeys }: GeneratedOptions): string | null {
  const functions: string[] = []
  const memos: string[] = []
  const namesByShape = new Map<string, string>()

  /** The name of the function for a shape, written on first use. */
  function define(prefix: string, shape: string, write: () => string): string {
    const known = namesByShape.get(`${prefix} ${shape}`)
    if (known !== undefined) return known
    const name = `${prefix}${namesByShape.size}`
    namesByShape.set(`${prefix} ${shape}`, name)
    if (namesByShape.size > maxFunctions) throw tooLarge
    functions.push(`const ${name} = ${write()}`)
    return name
  }

  /**
   * The expression that writes `value`, an expression itself, or gives up. A field that is selected of an interface and
   * of the object has two declarations, perhaps one with nulls and one without: in order is what all of them allow.
   */
  function valueText(
    types: readonly GraphQLOutputType[],
    value: string,
    on: readonly SelectionsOn[],
  ): string {
    const nullable = types.map((type) => getNullableType(type))
    const writer = writerName(nullable, on)
    return types.some((type) => isNonNullType(type))
      ? `${writer}(${value})`
      : `((v = ${value}) == null ? "null" : ${writer}(v))`
  }

  /** The function that writes a value that is not null, or gives up. */
  function writerName(types: readonly GraphQLOutputType[], on: readonly SelectionsOn[]): string {
    const lists = types.filter((type) => isListType(type))
    if (lists.length > 0) {
      const items = lists.map(({ ofType }) => ofType)
      return define('l', `${items.join(' ')} of ${shapeOf(on)}`, () => listSource(items, on))
    }
    const type = namedType(types)
    if (isCompositeType(type)) return compositeName(type, on)
    if (isEnumType(type)) {
      const texts = type.getValues().map(({ name }) => [name, JSON.stringify(name)])
      return define('e', type.name, () => `oneOf(${JSON.stringify(texts)})`)
    }
    return isSpecifiedScalarType(type) ? (scalarWriters.get(type.name) ?? 'string') : 'anything'
  }

  function listSource(items: readonly GraphQLOutputType[], on: readonly SelectionsOn[]): string {
    return `(list) => {
  if (!Array.isArray(list)) throw gaveUp
  let text = "[", v
  for (let i = 0; i < list.length; i += 1) text += (i === 0 ? "" : ",") + ${valueText(items, 'list[i]', on)}
  return text + "]"
}`
  }

  function compositeName(type: GraphQLCompositeType, on: readonly SelectionsOn[]): string {
    if (isObjectType(type)) return objectName(type, on)
    const shape = `${type.name} ${shapeOf(on)}`
    return define('a', shape, () => {
      const cases = schema
        .getPossibleTypes(type)
        .map((possible) => `    case ${JSON.stringify(possible.name)}: return ${objectName(possible, on)}(o)`)
      return `(o) => {
  if (o == null) throw gaveUp
  switch (o["__typename"]) {
${cases.join('\n')}
    default: throw gaveUp
  }
}`
    })
  }

  function objectName(type: GraphQLCompositeType, on: readonly SelectionsOn[]): string {
    return define('w', `${type.name} ${shapeOf(on)}`, () => objectSource(type, on))
  }

  function objectSource(type: GraphQLCompositeType, on: readonly SelectionsOn[]): string {
    const fields = new Map<string, SelectedField[]>()
    for (const set of on) {
      for (const field of fieldsOf(set, type)) {
        const same = fields.get(field.responseName)
        if (same) same.push(field)
        else fields.set(field.responseName, [field])
      }
    }
    const typeText = JSON.stringify(type.name)
    const guards = [...fields.values()].flatMap(([field]) =>
      field?.type === null && field.responseName !== '__typename' ? [ownProperty(field.responseName)] : [],
    )
    const parts: string[] = []
    let constant = '{'
    for (const [responseName, selected] of fields) {
      constant += `${constant === '{' && parts.length === 0 ? '' : ','}${JSON.stringify(responseName)}:`
      const types = selected.flatMap(({ type }) => type ?? [])
      if (types.length === 0) {
        constant += typeText
        continue
      }
      const inner = selected.flatMap(innerSelections)
      parts.push(JSON.stringify(constant), valueText(types, ownProperty(responseName), inner))
      constant = ''
    }
    parts.push(JSON.stringify(`${constant}}`))
    const memo = `m${memos.length}`
    memos.push(memo)
    return `(o) => {
  if (typeof o !== "object" || o === null) throw gaveUp
  let v = ${memo}.find(o)
  if (v !== undefined) return v
${['o["__typename"]', ...guards].map((told) => `  if (${told} != null && ${told} !== ${typeText}) throw gaveUp`).join('\n')}
${tagSource(type.name)}  return ${memo}.keep(o, ${parts.join(' + ')})
}`
  }

  function tagSource(typeName: string): string {
    const keys = entityKeys?.get(typeName)
    if (!keys || keys.length === 0) return ''
    return `  addEntityTag(tags, ${JSON.stringify(typeName)}, [${keys.map(ownProperty).join(', ')}])\n`
  }

  const ids = new Map<object, number>()
  function shapeOf(on: readonly SelectionsOn[]): string {
    return on
      .map(({ selectionSet, type }) => {
        const id = ids.get(selectionSet) ?? ids.size
        ids.set(selectionSet, id)
        return `${id}:${type.name}`
      })
      .join(' ')
  }

  try {
    const rootName = objectName(root.type, [root])
    return `"use strict"
const { gaveUp, own, string, id, int, float, boolean, oneOf, anything, addEntityTag, createResponseMemo } = runtime
let tags = null
${memos.map((memo) => `const ${memo} = createResponseMemo()`).join('\n')}
${functions.join('\n')}
return (data, tagsOfRun) => {
  tags = tagsOfRun
  try {
    return ${rootName}(data)
  } catch (error) {
    if (error === gaveUp) return null
    throw error
  } finally {
    tags = null
    ${memos.map((memo) => `${memo}.clear()`).join('\n    ')}
  }
}`
  } catch (error) {
    if (error === tooLarge) return null
    throw error
  }
}

const tooLarge = new Error('a response of too many shapes')

const scalarWriters: ReadonlyMap<string, string> = new Map([
  ['Boolean', 'boolean'],
  ['Float', 'float'],
  ['ID', 'id'],
  ['Int', 'int'],
  ['String', 'string'],
])

/** The expression for what a subgraph told: never what an object inherits. */
function ownProperty(name: string): string {
  const text = JSON.stringify(name)
  return name === '__proto__' || name in Object.prototype ? `own(o, ${text})` : `o[${text}]`
}

function innerSelections({ selectionSet, type }: SelectedField): SelectionsOn[] {
  if (!selectionSet || !type) return []
  const named = getNamedType(type)
  return isCompositeType(named) ? [{ selectionSet, type: named }] : []
}

function namedType(types: readonly GraphQLOutputType[]): GraphQLNamedType {
  const named = types.map((type) => getNamedType(type))
  // An interface and the object's own type: the latter tells more.
  const type = named.find((one) => isObjectType(one)) ?? named[0]
  if (!type) throw new CannotCompile('a field without a type')
  return type
}
