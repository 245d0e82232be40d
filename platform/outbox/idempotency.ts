import { createHash } from 'node:crypto'
import type { SqlTx } from '../database/database.ts'
import { idempotencyKeyReused } from '../errors/errors.ts'

export interface IdempotentRequest {
  /** What is asked for and by whom: keys of different scopes never meet. */
  scope: string
  /** Chosen by the caller, the same in every repetition. */
  key: string
  /** Of the input, see {@link fingerprint}: the same key for something else is refused. */
  fingerprint: string
}

/**
 * Runs `work` once for a key: a repetition gets the first result. The key's row is written first, so a second caller
 * at the same time waits for the first one's commit; if that rolls back, the second runs. `result` must be JSON.
 * Throws IDEMPOTENCY_KEY_REUSED for another fingerprint.
 */
export async function once<T>(
  tx: SqlTx,
  request: IdempotentRequest,
  work: () => Promise<T>,
): Promise<{ result: T; repeated: boolean }> {
  if (!(await isFirst(tx, request, null)))
    return { result: (await findResult(tx, request)) as T, repeated: true }
  const result = await work()
  await tx.$executeRaw`
    UPDATE idempotency_keys SET response = ${JSON.stringify(result ?? null)}::jsonb
    WHERE scope = ${request.scope} AND key = ${request.key}`
  return { result, repeated: false }
}

/** As `once` where the result is known before the work, such as a new id: it is written with the key, one statement less. */
export async function onceFor<T>(
  tx: SqlTx,
  request: IdempotentRequest & { result: T },
  work: (result: T) => Promise<void>,
): Promise<{ result: T; repeated: boolean }> {
  const { result } = request
  if (!(await isFirst(tx, request, result)))
    return { result: (await findResult(tx, request)) as T, repeated: true }
  await work(result)
  return { result, repeated: false }
}

async function isFirst(tx: SqlTx, request: IdempotentRequest, result: unknown): Promise<boolean> {
  const written = await tx.$executeRaw`
    INSERT INTO idempotency_keys (scope, key, fingerprint, response)
    VALUES (${request.scope}, ${request.key}, ${request.fingerprint}, ${JSON.stringify(result)}::jsonb)
    ON CONFLICT DO NOTHING`
  return written === 1
}

/** What the first caller got: of the caller's own type, since the fingerprint is the same. */
async function findResult(tx: SqlTx, { scope, key, fingerprint }: IdempotentRequest): Promise<unknown> {
  const [first] = await tx.$queryRaw<{ fingerprint: string; response: unknown }[]>`
    SELECT fingerprint, response FROM idempotency_keys WHERE scope = ${scope} AND key = ${key}`
  if (!first) throw new Error(`Idempotency key ${scope}/${key} is neither new nor there`)
  if (first.fingerprint !== fingerprint) throw idempotencyKeyReused(key)
  return first.response
}

/** Equal inputs have equal fingerprints whatever the order of their keys; a key that is undefined is no key. */
export function fingerprint(input: unknown): string {
  return createHash('sha256').update(canonical(input)).digest('hex')
}

function canonical(value: unknown): string {
  if (typeof value === 'bigint') return `${String(value)}n`
  if (value instanceof Date) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`
  }
  return value === undefined ? 'null' : JSON.stringify(value)
}
