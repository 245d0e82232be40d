// How what one fetch brought joins what others brought before: nested objects and lists of equal length are merged,
// anything else is replaced.
import { isReceivedObject, type ReceivedObject } from './received.ts'

/**
 * Merges into `target`, in place. Objects that `target` lacks are taken over, not copied. `interfaces` are the names of
 * all interfaces: a subgraph that knows an interface as an object answers with its name for the type, and must not
 * overwrite the real one.
 */
export function mergeReceived(
  target: ReceivedObject,
  source: ReceivedObject,
  interfaces: ReadonlySet<unknown>,
): void {
  for (const key in source) {
    const value = source[key]
    // Nobody asks for this name; assigning it would change the object's prototype.
    if (value === undefined || key === '__proto__') continue
    const present = target[key]
    if (isReceivedObject(value) && isReceivedObject(present)) {
      target[key] = mergeValues(present, value, interfaces)
    } else if (key !== '__typename' || present === undefined || !interfaces.has(value)) {
      target[key] = value
    }
  }
}

function mergeValues(
  present: ReceivedObject,
  value: ReceivedObject,
  interfaces: ReadonlySet<unknown>,
): ReceivedObject {
  if (Array.isArray(value)) {
    if (!Array.isArray(present) || present.length !== value.length) return value
    const items: unknown[] = present
    value.forEach((item: unknown, index) => {
      const presentItem = items[index]
      items[index] =
        isReceivedObject(item) && isReceivedObject(presentItem)
          ? mergeValues(presentItem, item, interfaces)
          : item
    })
    return present
  }
  if (Array.isArray(present)) return value
  mergeReceived(present, value, interfaces)
  return present
}

/** A copy that shares nothing with the original. */
export function copyReceived<T>(value: T): T
export function copyReceived(value: unknown): unknown {
  if (!isReceivedObject(value)) return value
  if (Array.isArray(value)) return value.map((item: unknown) => copyReceived(item))
  const copy: ReceivedObject = {}
  for (const key in value) if (key !== '__proto__') copy[key] = copyReceived(value[key])
  return copy
}
