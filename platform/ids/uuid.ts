import { randomFillSync } from 'node:crypto'
import { badInput } from '../errors/errors.ts'

/** A UUID that knows what it identifies: `Id<'Order'>` cannot be passed where `Id<'User'>` is wanted. */
export type Id<Brand extends string> = string & { readonly __id: Brand }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const LARGEST_TIME = 2 ** 48 - 1

// Ids made within one millisecond differ by a 32-bit counter that starts below 2^31, so that at least two
// thousand million of them fit before the time has to be moved on by one (RFC 9562 §6.2, method 1).
interface Sequence {
  timeMs: number
  counter: number
}
const ofTheClock: Sequence = { timeMs: -1, counter: 0 }
const ofGivenTimes: Sequence = { timeMs: -1, counter: 0 }

const bytes = Buffer.alloc(16)
// Random bytes are fetched 4 kB at a time: one system call for some 370 ids.
const pool = Buffer.alloc(4096)
let used = pool.length

function random(target: Buffer, offset: number, length: number): void {
  if (used + length > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  pool.copy(target, offset, used, used + length)
  used += length
}

function advance(sequence: Sequence, timeMs: number, mayGoBack: boolean): void {
  if (timeMs > sequence.timeMs || (mayGoBack && timeMs !== sequence.timeMs)) {
    random(bytes, 0, 4)
    sequence.timeMs = timeMs
    sequence.counter = bytes.readUInt32BE(0) >>> 1
    return
  }
  sequence.counter += 1
  if (sequence.counter > 0xffffffff) {
    sequence.counter = 0
    sequence.timeMs += 1
  }
}

/**
 * A UUIDv7 (RFC 9562), lower case. Without an argument ids rise strictly within this process, also when the
 * clock is set back. With an argument the id carries exactly that time (back-filled rows sort where they
 * belong); ids given the same time one after another rise too. Throws RangeError for a time that is no time.
 */
export function uuidv7(now?: Date): string {
  const timeMs = now === undefined ? Date.now() : now.getTime()
  if (!(timeMs >= 0 && timeMs <= LARGEST_TIME)) throw new RangeError('uuidv7: the time is out of range')
  const sequence = now === undefined ? ofTheClock : ofGivenTimes
  advance(sequence, timeMs, now !== undefined)
  const counter = sequence.counter
  bytes.writeUIntBE(sequence.timeMs, 0, 6)
  bytes.writeUInt16BE(0x7000 | (counter >>> 20), 6)
  bytes.writeUInt16BE(0x8000 | ((counter >>> 6) & 0x3fff), 8)
  random(bytes, 10, 6)
  bytes[10] = ((counter & 0x3f) << 2) | ((bytes[10] ?? 0) & 0x03)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Whether the text is a UUID of any version, in either case. */
export function isUuid(value: string): boolean {
  return UUID.test(value)
}

/** The text as a branded id, in lower case (as PostgreSQL prints it). Throws BAD_USER_INPUT when it is no UUID. */
export function parseId<B extends string>(value: string): Id<B> {
  if (!isUuid(value)) throw badInput('This is not a valid id.')
  return value.toLowerCase() as Id<B>
}
