/** An object as a subgraph told it: parsed JSON, keyed by response name. */
export type ReceivedObject = Record<string, unknown>

/** Whether a value is an object or a list; lists count, since a malformed answer may have either anywhere. */
export function isReceivedObject(value: unknown): value is ReceivedObject {
  return typeof value === 'object' && value !== null
}
