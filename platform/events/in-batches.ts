interface Waiting<Item> {
  item: Item
  done: PromiseWithResolvers<undefined>
}

/**
 * Handles items that wait at the same moment together, at most `most`, one batch after the other: what a transaction costs
 * is shared. A batch that fails is handled again `alone`, item by item, so that only the one to blame rejects.
 */
export function inBatches<Item>(options: {
  most: number
  together: (items: readonly Item[]) => Promise<void>
  alone: (item: Item) => Promise<void>
}): (item: Item) => Promise<void> {
  const { most, together, alone } = options
  let waiting: Waiting<Item>[] = []
  let isRunning = false

  async function run(): Promise<void> {
    isRunning = true
    // What one read from the socket has brought arrives within one turn of the loop.
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most)
      waiting = waiting.slice(most)
      await handle(batch)
    }
    isRunning = false
  }

  async function handle(batch: readonly Waiting<Item>[]): Promise<void> {
    if (batch.length > 1) {
      try {
        await together(batch.map(({ item }) => item))
        for (const { done } of batch) done.resolve(undefined)
        return
      } catch {
        // Told by the one that fails alone.
      }
    }
    for (const { item, done } of batch) await alone(item).then(() => done.resolve(undefined), done.reject)
  }

  return (item) => {
    const done = Promise.withResolvers<undefined>()
    waiting.push({ item, done })
    if (!isRunning) void run()
    return done.promise
  }
}
