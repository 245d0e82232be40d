/** Counts work under way, so that someone can wait for quiet. */
export interface InFlight {
  track<T>(work: Promise<T>): Promise<T>
  idle(): Promise<void>
  readonly count: number
}

export function createInFlight(): InFlight {
  let count = 0
  let waiting: (() => void)[] = []
  return {
    get count() {
      return count
    },
    track: async (work) => {
      count++
      try {
        return await work
      } finally {
        count--
        if (count === 0) {
          const ready = waiting
          waiting = []
          for (const resolve of ready) resolve()
        }
      }
    },
    idle: async () => {
      while (count > 0) await new Promise<void>((resolve) => waiting.push(resolve))
    },
  }
}
