// How what one fetch brought joins what others brought before: nested objects and lists of equal length are merged,
// anything else is replaced.
import { isReceivedObject, type ReceivedObject } from './received.ts'

/** Merges into `target`, in place. Objects that `target` lacks are taken over, not copied. */
export function mergeReceived(target: ReceivedObject, source: ReceivedObject): void {
  for (const key in source) {
    const value = source[key]
    // Nobody asks for this name; assigning it would change the object's prototype.
    if (value === undefined || key === '__proto__') continue
    const present = target[key]
    target[key] = isReceivedObject(value) && isReceivedObject(present) ? mergeValues(present, value) : value
  }
}

function mergeValues(present: ReceivedObject, value: ReceivedObject): ReceivedObject {
  if (Array.isArray(value)) {
    if (!Array.isArray(present) || present.length !== value.length) return value
    const items: unknown[] = present
    value.forEach((item: unknown, index) => {
      const presentItem = items[index]
      items[index] =
        isReceivedObject(item) && isReceivedObject(presentItem) ? mergeValues(presentItem, item) : item
    })
    return present
  }
  if (Array.isArray(present)) return value
  mergeReceived(present, value)
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
