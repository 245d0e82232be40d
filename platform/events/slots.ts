/** Bounds how much runs at once; who comes first is served first. */
export interface Slots {
  /** Resolves with the function that gives the slot back. */
  take(): Promise<() => void>
}

export function createSlots(size: number): Slots {
  let free = size
  const waiting: (() => void)[] = []
  let head = 0

  function giveBack(): void {
    const next = waiting[head]
    if (!next) {
      free++
      return
    }
    head++
    // Compacted now and then: shift() on a long array is slow.
    if (head > 1_000) {
      waiting.splice(0, head)
      head = 0
    }
    next()
  }

  return {
    take: async () => {
      if (free > 0) free--
      else await new Promise<void>((resolve) => waiting.push(resolve))
      let given = false
      return () => {
        if (!given) giveBack()
        given = true
      }
    },
  }
}
