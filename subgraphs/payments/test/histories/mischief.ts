/** A random that a seed repeats exactly: mulberry32. */
export function seededRandom(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    chance: (probability: number): boolean => next() < probability,
    below: (count: number): number => Math.floor(next() * count),
    pick: <T>(items: readonly T[]): T | undefined => items[Math.floor(next() * items.length)],
    shuffle: <T>(items: readonly T[]): T[] =>
      items
        .map((item) => ({ item, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item),
  }
}

export type Random = ReturnType<typeof seededRandom>

/** This process died here; another one goes on with what the database holds. */
export class Crash extends Error {}

/** What goes wrong, and how often. Switched off at the end, so that everything can be settled. */
export interface Mischief {
  random: Random
  isOn: boolean
  counts: Record<string, number>
}

export function strikes({ random, isOn, counts }: Mischief, name: string, probability: number): boolean {
  if (!isOn || !random.chance(probability)) return false
  counts[name] = (counts[name] ?? 0) + 1
  return true
}
