interface Waiting<Item, Result> {
  item: Item
  resolve: (result: Result) => void
  reject: (error: unknown) => void
}

/**
 * Collects what is asked within one turn of the event loop and runs it together, at most `most` at a time; one command
 * to Redis costs more than the read it carries. `run` gives one result per item, in their order.
 */
export function batchPerTurn<Item, Result>(
  most: number,
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = []

  async function runSome(some: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await run(some.map(({ item }) => item))
      if (results.length !== some.length) throw new Error('A batch gave another number of results')
      results.forEach((result, index) => some[index]?.resolve(result))
    } catch (error) {
      for (const { reject } of some) reject(error)
    }
  }

  function runAll(): void {
    const all = waiting
    waiting = []
    for (let start = 0; start < all.length; start += most) void runSome(all.slice(start, start + most))
  }

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(runAll)
      waiting.push({ item, resolve, reject })
    })
}
