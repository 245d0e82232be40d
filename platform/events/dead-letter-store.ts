import type { DeadLetter } from './bus.ts'

/** Where the in-process bus keeps what could not be handled. */
export interface DeadLetterStore {
  /** Replaces an earlier one with the same id. Resolves when it is safe. */
  add(letter: DeadLetter): Promise<void>
  list(options: { limit: number; queue?: string }): Promise<DeadLetter[]>
  find(id: string): Promise<DeadLetter | null>
  remove(id: string): Promise<void>
}

/** The same event in the same queue is the same dead letter, however often it fails. */
export function deadLetterId(queue: string, eventId: string): string {
  return `${queue}:${eventId}`
}

const mostInMemory = 10_000

/** Lost with the process; the oldest go when there are 10,000. */
export function memoryDeadLetters(): DeadLetterStore {
  const letters = new Map<string, DeadLetter>()
  return {
    add: async (letter) => {
      letters.delete(letter.id)
      letters.set(letter.id, letter)
      const oldest = letters.keys().next()
      if (letters.size > mostInMemory && !oldest.done) letters.delete(oldest.value)
    },
    list: async ({ limit, queue }) => {
      const found = [...letters.values()].filter((letter) => queue === undefined || letter.queue === queue)
      return found.slice(0, limit)
    },
    find: async (id) => letters.get(id) ?? null,
    remove: async (id) => {
      letters.delete(id)
    },
  }
}
