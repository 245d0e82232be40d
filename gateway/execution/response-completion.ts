// Shapes a response step by step, saying where a subgraph's answer broke the schema. Generated code (response-source.ts)
// writes responses that are in order; only what it gives up comes here. This is the stock gateway's algorithm
// (`computeResponse` in @apollo/gateway), so that both tell the same errors at the same paths.
import {
  type GraphQLCompositeType,
  type GraphQLError,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { own } from './response-entities.ts'
import { isLeafValue } from './response-leaves.ts'
import { type FieldReader, type SelectionsOn } from './response-selections.ts'

/** A null that the gateway put in the place of a value that the schema forbids. */
export interface CompletionError {
  message: string
  path: NonNullable<GraphQLError['path']>
}

/** A response's `data`, and what had to be made null in it. */
export interface Completed {
  data: Record<string, unknown> | null
  errors: CompletionError[]
  /** Where a field is null because nobody could be asked for it, see {@link Unasked}. */
  unasked: Path[]
}

/** Objects that a subgraph could not be asked about, with the response names that it would have told. */
export type Unasked = ReadonlyMap<object, ReadonlySet<string>>

type Path = (string | number)[]
type Data = Record<string, unknown>

/** What came of one value: `isFaulty` when it is null for a reason that is already told. */
interface Shaped {
  value: unknown
  isFaulty?: boolean
  /** The value may not stand where it is: its owner is null too. */
  bubbles?: boolean
}

// Inherits nothing, so that a response may have a field of any name. Objects made by `Object.create(null)` are slower.
class ShapedData {
  [name: string]: unknown
  static {
    Object.setPrototypeOf(this.prototype, null)
    Reflect.deleteProperty(this.prototype, 'constructor')
  }
}

interface Place {
  path: Path
  /** Of the field that the path's last name stands for: messages name it. */
  parent: GraphQLCompositeType
  selectionSet: SelectionsOn['selectionSet'] | null
}

/** Shapes what the subgraphs told into an operation's `data`. Throws for nothing that a subgraph may tell. */
export function completeResponse(options: {
  schema: GraphQLSchema
  fieldsOf: FieldReader
  root: SelectionsOn
  data: Readonly<Data>
  /** Sees each object whose type is known, before its fields. */
  onObject: (typeName: string, object: Readonly<Data>) => void
  unasked?: Unasked | null
}): Completed {
  const { schema, fieldsOf, onObject } = options
  const errors: CompletionError[] = []
  const unasked: Path[] = []

  /** Adds the fields of one selection set to an object; false when the object is null for them. */
  function addFields(
    input: Readonly<Data>,
    output: Data,
    on: SelectionsOn,
    objectType: GraphQLCompositeType,
    path: Path,
  ): boolean {
    for (const field of fieldsOf(on, objectType)) {
      const { responseName, parent, selectionSet } = field
      const before = output[responseName]
      if (field.type === null) {
        if (before !== undefined) continue
        const told = own(input, responseName) ?? own(input, '__typename')
        const type = (typeof told === 'string' ? schema.getType(told) : null) ?? parent
        if (!isObjectType(type)) return false
        output[responseName] = type.name
        continue
      }
      path.push(responseName)
      const place = { path, parent, selectionSet }
      const told = own(input, responseName)
      if (told === undefined && options.unasked?.get(input)?.has(responseName)) unasked.push([...path])
      const { value, bubbles } = shape(before, field.type, told ?? null, place)
      path.pop()
      output[responseName] = value
      if (bubbles) return false
    }
    return true
  }

  function shape(before: unknown, type: GraphQLOutputType, input: unknown, place: Place): Shaped {
    // Selected before: a leaf stays as it is, and so does a null.
    if (before === null || (before !== undefined && !place.selectionSet)) return { value: before }
    if (isNonNullType(type)) {
      const { value, isFaulty } = shape(before, type.ofType, input, place)
      if (value !== null) return { value }
      if (!isFaulty) fail(`Cannot return null for non-nullable ${describe(place, type.ofType)}.`, place)
      return { value: null, isFaulty: true, bubbles: true }
    }
    if (input === null || input === undefined) return { value: null }
    if (isListType(type)) return shapeList(before, type.ofType, input, place)
    if (isLeafType(type)) {
      if (isLeafValue(type, input)) return { value: input }
      return invalid(place, type)
    }
    return shapeObject(before, type, input, place)
  }

  function shapeList(before: unknown, itemType: GraphQLOutputType, input: unknown, place: Place): Shaped {
    if (!Array.isArray(input)) return invalid(place, itemType)
    const items: readonly unknown[] = input
    const itemsBefore: readonly unknown[] = Array.isArray(before) ? before : []
    const value: unknown[] = []
    let isFaulty = false
    let isNull = false
    for (const [index, item] of items.entries()) {
      place.path.push(index)
      const shaped = shape(itemsBefore[index], itemType, item, place)
      place.path.pop()
      if (shaped.bubbles) isNull = true
      if (shaped.isFaulty) isFaulty = true
      value.push(shaped.value)
    }
    return { value: isNull ? null : value, isFaulty }
  }

  function shapeObject(before: unknown, type: GraphQLCompositeType, input: unknown, place: Place): Shaped {
    if (!isData(input) || !place.selectionSet) return invalid(place, type)
    const told = own(input, '__typename')
    let objectType = type
    if (told !== undefined && told !== null && told !== '') {
      const toldType = typeof told === 'string' ? schema.getType(told) : null
      if (!isCompositeType(toldType)) {
        fail(`Invalid __typename found for object at ${describe(place, type)}.`, place)
        return { value: null, isFaulty: true }
      }
      objectType = toldType
    }
    onObject(objectType.name, input)
    const output = isData(before) ? before : new ShapedData()
    const on = { selectionSet: place.selectionSet, type }
    if (addFields(input, output, on, objectType, place.path)) return { value: output }
    return { value: null, isFaulty: true }
  }

  function invalid(place: Place, type: GraphQLOutputType): Shaped {
    fail(`Invalid value found for ${describe(place, type)}.`, place)
    return { value: null, isFaulty: true }
  }

  function fail(message: string, { path }: Place): void {
    errors.push({ message, path: [...path] })
  }

  const output = new ShapedData()
  onObject(options.root.type.name, options.data)
  const isWhole = addFields(options.data, output, options.root, options.root.type, [])
  return { data: isWhole ? output : null, errors, unasked }
}

function describe({ path, parent }: Place, type: GraphQLOutputType): string {
  const last = path.at(-1)
  return typeof last === 'number'
    ? `array element of type ${String(type)} at index ${last}`
    : `field ${parent.name}.${String(last)}`
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null
}
