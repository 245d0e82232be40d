/** Runs one after the other what is asked for at the same time: a connection takes one statement at a time. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>

export function createInTurn(): InTurn {
  let last: Promise<unknown> | null = null
  return <T>(work: () => Promise<T>) => {
    const mine = last ? last.then(work, work) : work()
    last = mine
    const forget = () => {
      if (last === mine) last = null
    }
    mine.then(forget, forget)
    return mine
  }
}
