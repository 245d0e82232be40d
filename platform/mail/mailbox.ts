import { createHash } from 'node:crypto'
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { uuidv7 } from '../ids/uuid.ts'
import { type Clock, systemClock } from '../time/clock.ts'
import { assertSendable, type Mailer, type MailMessage } from './mail.ts'

export interface StoredMail extends MailMessage {
  id: string
  /** ISO 8601. */
  sentAt: string
}

export interface Mailbox extends Mailer {
  /** The newest first, at most `limit`. */
  list(options: { limit: number }): Promise<StoredMail[]>
  get(id: string): Promise<StoredMail | null>
}

interface MailFile extends StoredMail {
  /** Rises with each mail, also within a millisecond. */
  order: string
}

const ID = /^[0-9a-f]{32}$/
const KEPT = 500

/**
 * Mail that stays here, one JSON file each, for reading on a page: nothing leaves the machine. A repeated `messageId`
 * is kept once. The newest 500 are kept (up to 50 more until the next clearing).
 */
export async function openMailbox(folder: string, options: { clock?: Clock } = {}): Promise<Mailbox> {
  const { clock = systemClock } = options
  await mkdir(folder, { recursive: true, mode: 0o700 })
  let sentSinceClearing = 0

  async function read(name: string): Promise<MailFile | null> {
    try {
      return JSON.parse(await readFile(join(folder, name), 'utf8')) as MailFile
    } catch (error) {
      // Cleared away between listing and reading.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
      throw error
    }
  }

  async function readAll(): Promise<MailFile[]> {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json'))
    const mails = await Promise.all(names.map(read))
    return mails.filter((mail) => mail !== null).sort((a, b) => (a.order < b.order ? 1 : -1))
  }

  async function clearOldest(): Promise<void> {
    for (const { id } of (await readAll()).slice(KEPT)) await rm(join(folder, `${id}.json`), { force: true })
  }

  return {
    send: async (message) => {
      assertSendable(message)
      const id = createHash('sha256').update(message.messageId).digest('hex').slice(0, 32)
      const order = uuidv7()
      const file: MailFile = { ...message, id, sentAt: clock.now().toISOString(), order }
      const temporary = join(folder, `${order}.unfinished`)
      await writeFile(temporary, JSON.stringify(file, null, 2), { mode: 0o600 })
      try {
        // A link to a name that is taken fails: of several senders of one mail exactly one is first, and a reader
        // never sees half a file.
        await link(temporary, join(folder, `${id}.json`))
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      } finally {
        await rm(temporary, { force: true })
      }
      sentSinceClearing += 1
      if (sentSinceClearing < 50) return
      sentSinceClearing = 0
      await clearOldest()
    },
    list: async ({ limit }) => {
      const mails = await readAll()
      return mails.slice(0, Math.max(0, limit)).map(({ order: _, ...mail }) => mail)
    },
    get: async (id) => {
      if (!ID.test(id)) return null
      const found = await read(`${id}.json`)
      if (!found) return null
      const { order: _, ...mail } = found
      return mail
    },
    close: () => Promise.resolve(),
  }
}
