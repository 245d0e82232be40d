import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { DeadLetter } from './bus.ts'
import type { DeadLetterStore } from './dead-letter-store.ts'

/**
 * Dead letters as files, so that they outlive the process. The name holds time, queue and event
 * (`<ms>~<queue>:<event>.json`): a list reads the contents of what it shows and nothing else.
 */
export function folderDeadLetters(folder: string): DeadLetterStore {
  async function names(): Promise<string[]> {
    await mkdir(folder, { recursive: true })
    const all = await readdir(folder)
    // Milliseconds have 13 digits until the year 2286, so the order of the names is the order of time.
    return all.filter((name) => name.endsWith('.json')).sort()
  }

  async function namesOf(id: string): Promise<string[]> {
    const suffix = `~${encodeURIComponent(id)}.json`
    return (await names()).filter((name) => name.endsWith(suffix))
  }

  async function read(name: string): Promise<DeadLetter | null> {
    try {
      return JSON.parse(await readFile(path.join(folder, name), 'utf8')) as DeadLetter
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }

  return {
    add: async (letter) => {
      const earlier = await namesOf(letter.id)
      const name = `${String(Date.parse(letter.failedAt))}~${encodeURIComponent(letter.id)}.json`
      await writeSafely(path.join(folder, name), JSON.stringify(letter))
      for (const old of earlier) if (old !== name) await rm(path.join(folder, old), { force: true })
    },
    list: async ({ limit, queue }) => {
      const wanted = queue === undefined ? '' : `~${encodeURIComponent(`${queue}:`)}`
      const chosen = (await names()).filter((name) => name.includes(wanted)).slice(0, limit)
      const letters = await Promise.all(chosen.map(read))
      return letters.filter((letter) => letter !== null)
    },
    find: async (id) => {
      const [name] = await namesOf(id)
      return name === undefined ? null : read(name)
    },
    remove: async (id) => {
      for (const name of await namesOf(id)) await rm(path.join(folder, name), { force: true })
    },
  }
}

async function writeSafely(file: string, text: string): Promise<void> {
  const temporary = `${file}.tmp`
  const handle = await open(temporary, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, file)
}
