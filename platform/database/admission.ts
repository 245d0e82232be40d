import { unavailable } from '../errors/errors.ts'

/** How long a transaction may wait for its turn; the gateway ends an operation after ten seconds. */
const longestWaitMs = 8_000
/** A queue longer than this cannot be served within the wait. */
const longestQueue = 2_000

export interface Admission {
  /** Runs `work` when it is its turn, first come first served. Rejects with UNAVAILABLE when that takes too long. */
  run<T>(work: () => Promise<T>): Promise<T>
}

interface Waiting {
  admit(): void
  refuse(): void
}

/**
 * Lets so many transactions run at once. Without it a rush of writers takes every connection of the pool, reads starve,
 * and callers fail after whichever time limit happens to be the shortest; with it they wait in one line, and only the
 * end of the line is told, by its type, to come again.
 */
export function createAdmission(size: number, maxWaitMs = longestWaitMs): Admission {
  let free = size
  const line = new Set<Waiting>()

  function enter(): Promise<void> {
    if (free > 0) {
      free -= 1
      return Promise.resolve()
    }
    if (line.size >= longestQueue) return Promise.reject(tooBusy())
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        admit: () => {
          clearTimeout(timer)
          line.delete(waiting)
          resolve()
        },
        refuse: () => {
          line.delete(waiting)
          reject(tooBusy())
        },
      }
      const timer = setTimeout(waiting.refuse, maxWaitMs)
      line.add(waiting)
    })
  }

  function leave(): void {
    const [next] = line
    if (next) next.admit()
    else free += 1
  }

  return {
    run: async (work) => {
      await enter()
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}

const tooBusy = () => unavailable('Many people are ordering right now. Try again in a moment.')
