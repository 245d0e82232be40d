import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import type { Logger } from '#platform/log/logger.ts'
import { batchPerTurn } from './batch-per-turn.ts'
import { listenToPurges } from './redis-purge-channel.ts'
import { dropAll, MOST_FENCES, purgeTags, readEntries, releaseLease, storeEntry } from './redis-scripts.ts'
import { tagsOfTypes } from './tags.ts'
import type { AgedEntry, Birth, SharedEntry, SharedRead, SharedTier } from './shared-tier.ts'

/** What `defineCommand` adds to the connection. */
interface Scripts {
  readEntriesBuffer(keyCount: number, ...args: string[]): Promise<unknown>
  storeEntry(...args: (string | number | Buffer)[]): Promise<unknown>
  releaseLease(...args: (string | number)[]): Promise<unknown>
  purgeTags(...args: (string | number)[]): Promise<unknown>
  dropAll(...args: (string | number)[]): Promise<unknown>
}

interface Options {
  url: string
  /** Names this cache; two of different names in one Redis know nothing of one another. */
  name: string
  log: Logger
  /** How long a command may take. */
  timeoutMs?: number
  leaseMs?: number
}

/** After so many commands in a row that failed, Redis is left alone for a while. */
const FAILURES_TO_OPEN = 3
const OPEN_MS = 1_000
const RECOVERY_PAUSE_MS = 200
const TAGS_PER_PURGE = 1_000
/** Redis does nothing else while a script runs; this many reads take less than a millisecond. */
const READS_PER_COMMAND = 100
const LINE_END = 10

/**
 * The shared tier in Redis. It comes up whether or not Redis is there. After a lost connection, and after a purge that
 * did not get through, everything in it is dropped before anything is read again: purges may have been missed.
 *
 * NOTE: all keys have the same hash tag, so that a Redis Cluster keeps one cache in one slot: an entry and the clock it
 * is held against must be read in one step. One node answers more than 100,000 reads a second, most reads never get
 * past the memory of a gateway, and more caches than one (by market, say) can have a name each.
 */
export function connectRedisSharedTier(options: Options): SharedTier {
  const { url, name, log, timeoutMs = 100, leaseMs = 2_000 } = options
  const processId = randomUUID()
  const clockKey = `{${name}}:clock`
  const channel = `{${name}}:purged`
  const entryKey = (key: string): string => `{${name}}:entry:${key}`
  const leaseKey = (key: string): string => `{${name}}:lease:${key}`

  const connection = {
    // Without these three, commands pile up in memory during an outage and their callers wait.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    connectTimeout: 2_000,
    keepAlive: 10_000,
    retryStrategy: (attempt: number) => Math.min(50 * 2 ** Math.min(attempt, 5), 1_000),
    autoResubscribe: false,
    lazyConnect: true,
  }
  const redis = new Redis(url, { ...connection, commandTimeout: timeoutMs })
  for (const [command, lua] of Object.entries({
    readEntries,
    storeEntry,
    releaseLease,
    purgeTags,
    dropAll,
  })) {
    redis.defineCommand(command, { lua })
  }
  const scripts = redis as Redis & Scripts

  const isReady = (): boolean => redis.status === 'ready'
  let failures = 0
  let closedUntilMs = 0
  let isProbing = false
  let isReported = false
  // Nothing is read while these differ: `missed` counts what may have lost purges, `dropped` is up to where they do no
  // harm any more because everything was dropped since.
  let missed = 0
  let dropped = 0
  let recovery: NodeJS.Timeout | null = null
  let channelConnection: ReturnType<typeof listenToPurges> | null = null
  let isClosed = false

  /** Runs a command; null when it failed. What failed too often is left alone for a while, unless it is urgent. */
  async function attempt<T>(command: () => Promise<T>, isUrgent = false): Promise<T | null> {
    if (!isReady()) return null
    const isProbe = failures >= FAILURES_TO_OPEN
    if (isProbe && !isUrgent) {
      if (isProbing || performance.now() < closedUntilMs) return null
      isProbing = true
    }
    try {
      const answer = await command()
      failures = 0
      return answer
    } catch (error) {
      failures += 1
      if (failures >= FAILURES_TO_OPEN) {
        closedUntilMs = performance.now() + OPEN_MS
        report(error)
        // Still silent after a rest: the other end may be gone without a word, and a new connection would show it.
        if (failures > FAILURES_TO_OPEN && isReady()) redis.disconnect(true)
      }
      return null
    } finally {
      if (isProbe && !isUrgent) isProbing = false
    }
  }

  function report(error: unknown): void {
    if (!isReported) log.warn({ err: error }, 'Redis is out of reach: answers are kept in memory only')
    isReported = true
  }

  /** Drops everything, until it has worked. A new connection begins with it anyway. */
  async function recover(): Promise<void> {
    if (recovery) clearTimeout(recovery)
    recovery = null
    if (dropped === missed || isClosed || !isReady()) return
    const upTo = missed
    const done = await attempt(() => scripts.dropAll(1, clockKey, randomUUID(), channel, processId), true)
    if (done !== null) dropped = Math.max(dropped, upTo)
    if (dropped !== missed) recovery ??= setTimeout(() => void recover(), RECOVERY_PAUSE_MS).unref()
    else if (isReported) {
      log.info('Redis is back')
      isReported = false
    }
  }

  redis.on('error', report)
  redis.on('close', () => (missed += 1))
  redis.on('ready', () => void recover())
  redis.connect().catch(() => undefined)

  const readBatch = batchPerTurn(
    READS_PER_COMMAND,
    async (asked: readonly { key: string; token: string; tagLine: string }[]) => {
      const answer = await attempt(() =>
        scripts.readEntriesBuffer(
          1 + asked.length * 2,
          clockKey,
          ...asked.flatMap(({ key }) => [entryKey(key), leaseKey(key)]),
          randomUUID(),
          String(leaseMs),
          ...asked.flatMap(({ key, token, tagLine }) => [key, token, tagLine]),
        ),
      )
      // What was asked before a connection was lost may be answered from before it.
      const isUsable = answer !== null && dropped === missed
      return asked.map((_, index) => (isUsable ? parseRead(answer, index) : null))
    },
  )

  return {
    read: async (key, token, types = []) =>
      isReady() && dropped === missed
        ? await readBatch({ key, token, tagLine: tagsOfTypes(types).join(' ') })
        : null,
    store: async (entry, birth, token) => {
      if (dropped !== missed) return 'away'
      const { key, tags, maxAgeMs } = entry
      const tagLine = tags.join(' ')
      const isStored = await attempt(() =>
        scripts.storeEntry(
          3,
          clockKey,
          entryKey(key),
          leaseKey(key),
          birth.epoch,
          birth.seq,
          birth.atMs,
          maxAgeMs,
          tagLine,
          token,
          formatEntry(entry, birth, tagLine),
        ),
      )
      if (isStored === null) return 'away'
      return isStored === 1 ? 'stored' : 'refused'
    },
    release: async (key, token) => {
      await attempt(() => scripts.releaseLease(1, leaseKey(key), token))
    },
    purge: async (tags) => {
      for (let start = 0; start < tags.length; start += TAGS_PER_PURGE) {
        const some = tags.slice(start, start + TAGS_PER_PURGE)
        const purge = () =>
          scripts.purgeTags(1, clockKey, randomUUID(), channel, processId, MOST_FENCES, ...some)
        // Once more: dropping everything costs far more than a tenth of a second.
        const purged = (await attempt(purge, true)) ?? (await attempt(purge, true))
        if (purged === null) {
          missed += 1
          void recover()
          return false
        }
      }
      return dropped === missed
    },
    listen: (listener) => {
      channelConnection = listenToPurges({
        redis: new Redis(url, { ...connection, commandTimeout: 1_000 }),
        channel,
        processId,
        listener,
      })
    },
    close: async () => {
      isClosed = true
      if (recovery) clearTimeout(recovery)
      channelConnection?.close()
      redis.disconnect()
    },
  }
}

function formatEntry({ key, maxAgeMs, etag, body }: SharedEntry, birth: Birth, tagLine: string): Buffer {
  const head = `${birth.epoch} ${birth.seq} ${maxAgeMs} ${etag}\n${key}\n${tagLine}\n`
  return Buffer.concat([Buffer.from(head), body])
}

/** The script has checked that the entry is one of ours and holds. */
function parseRead(answer: unknown, index: number): SharedRead {
  const [epoch, seq, atMs, ...reads] = answer as [Buffer, Buffer, number, ...(number | Buffer | null)[]]
  const [lease, leftMs, raw] = reads.slice(index * 3, index * 3 + 3)
  const birth = { epoch: epoch.toString(), seq: Number(seq.toString()), atMs }
  const entry = Buffer.isBuffer(raw) && typeof leftMs === 'number' ? parseEntry(raw, leftMs) : null
  return { birth, entry, hasLease: lease === 1 }
}

function parseEntry(raw: Buffer, leftMs: number): AgedEntry {
  const headEnd = raw.indexOf(LINE_END)
  const keyEnd = raw.indexOf(LINE_END, headEnd + 1)
  const tagsEnd = raw.indexOf(LINE_END, keyEnd + 1)
  const [, , maxAge, etag = ''] = raw.toString('latin1', 0, headEnd).split(' ')
  const tagLine = raw.toString('latin1', keyEnd + 1, tagsEnd)
  const maxAgeMs = Number(maxAge)
  return {
    key: raw.toString('utf8', headEnd + 1, keyEnd),
    tags: tagLine === '' ? [] : tagLine.split(' '),
    maxAgeMs,
    ageMs: maxAgeMs - leftMs,
    etag,
    body: raw.subarray(tagsEnd + 1),
  }
}
