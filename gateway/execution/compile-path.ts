// Where in the data a fetch of entities takes them from and puts what it received, such as `products.@.reviews.@.author`.
import { CannotCompile } from './cannot-compile.ts'
import { isReceivedObject, type ReceivedObject } from './received.ts'

/** As in a GraphQL error: response names and list indexes. */
export type ResponsePath = readonly (string | number)[]

export interface CompiledPath {
  /** The objects at the path. One that hangs in several places may come once for all of them. */
  collect(root: ReceivedObject): ReceivedObject[]
  /** Puts other objects in the places of some of those at the path. */
  replace(root: ReceivedObject, replacements: ReadonlyMap<unknown, ReceivedObject>): void
  /** Every place where one of the `wanted` objects is. */
  locate(
    root: ReceivedObject,
    wanted: ReadonlySet<ReceivedObject>,
  ): { object: ReceivedObject; path: ResponsePath }[]
  /** Response names only. */
  readonly names: readonly string[]
  /** The names as one. */
  readonly key: string
  readonly hasLists: boolean
  /** What the path has before its first list: the nearest thing to a place for what concerns the whole list. */
  readonly beforeLists: ResponsePath
}

interface Segment {
  name: string
  /** Lists in lists there. */
  listDepth: number
  /** Several parents may hold the very same value: it is followed once. */
  isShared: boolean
}

/**
 * `isShared` says of a path of response names, of the whole one (`isLast`) or of a part of it, whether the same object
 * may have been put there in several places.
 */
export function compilePath(
  path: readonly (string | number)[],
  isShared: (names: readonly string[], isLast: boolean) => boolean,
): CompiledPath {
  const segments: Segment[] = []
  const names: string[] = []
  for (const element of path) {
    const last = segments.at(-1)
    if (element === '@' && last) {
      last.listDepth += 1
    } else if (typeof element === 'string' && /^\w+$/.test(element)) {
      // Objects are read without asking whether a property is their own.
      if (element in Object.prototype) throw new CannotCompile(`A response name is ${element}`)
      names.push(element)
      segments.push({ name: element, listDepth: 0, isShared: false })
    } else {
      throw new CannotCompile(`A path has the element ${element}`)
    }
  }
  segments.forEach((segment, index) => {
    segment.isShared = isShared(names.slice(0, index + 1), index === names.length - 1)
  })
  const firstList = path.indexOf('@')

  return {
    names,
    key: names.join('.'),
    hasLists: firstList >= 0,
    beforeLists: firstList < 0 ? path : path.slice(0, firstList),
    collect: (root) => {
      let objects = [root]
      for (const segment of segments) objects = follow(objects, segment)
      return objects
    },
    replace: (root, replacements) => {
      const last = segments.at(-1)
      if (!last) return
      let parents = [root]
      for (const segment of segments) if (segment !== last) parents = follow(parents, segment)
      for (const parent of parents) {
        const value = parent[last.name]
        if (isReceivedObject(value)) parent[last.name] = replaceIn(value, last.listDepth, replacements)
      }
    },
    locate: (root, wanted) => {
      const located: { object: ReceivedObject; path: ResponsePath }[] = []
      locateFrom(root, 0, [], (object, at) => {
        if (wanted.has(object)) located.push({ object, path: [...at] })
      })
      return located
    },
  }

  function locateFrom(
    object: ReceivedObject,
    depth: number,
    at: (string | number)[],
    found: (object: ReceivedObject, at: ResponsePath) => void,
  ): void {
    const segment = segments[depth]
    if (!segment) {
      found(object, at)
      return
    }
    at.push(segment.name)
    locateItems(object[segment.name], segment.listDepth, depth, at, found)
    at.pop()
  }

  function locateItems(
    value: unknown,
    listDepth: number,
    depth: number,
    at: (string | number)[],
    found: (object: ReceivedObject, at: ResponsePath) => void,
  ): void {
    if (listDepth === 0) {
      if (isReceivedObject(value)) locateFrom(value, depth + 1, at, found)
      return
    }
    if (!Array.isArray(value)) return
    value.forEach((item, index) => {
      at.push(index)
      locateItems(item, listDepth - 1, depth, at, found)
      at.pop()
    })
  }
}

function follow(
  objects: readonly ReceivedObject[],
  { name, listDepth, isShared }: Segment,
): ReceivedObject[] {
  const followed: ReceivedObject[] = []
  const seen = isShared && objects.length > 1 ? new Set<unknown>() : null
  for (const object of objects) {
    const value = object[name]
    if (!isReceivedObject(value)) continue
    if (seen) {
      if (seen.has(value)) continue
      seen.add(value)
    }
    if (listDepth === 0) followed.push(value)
    else gather(value, listDepth, followed)
  }
  return followed
}

function gather(list: unknown, listDepth: number, gathered: ReceivedObject[]): void {
  if (!Array.isArray(list)) return
  for (const item of list as unknown[]) {
    if (!isReceivedObject(item)) continue
    if (listDepth === 1) gathered.push(item)
    else gather(item, listDepth - 1, gathered)
  }
}

function replaceIn(
  value: ReceivedObject,
  listDepth: number,
  replacements: ReadonlyMap<unknown, ReceivedObject>,
): ReceivedObject {
  if (listDepth === 0) return replacements.get(value) ?? value
  if (!Array.isArray(value)) return value
  const list: unknown[] = value
  for (let index = 0; index < list.length; index += 1) {
    const item = list[index]
    if (isReceivedObject(item)) list[index] = replaceIn(item, listDepth - 1, replacements)
  }
  return value
}
