// Chance that can be repeated: the same seed gives the same sequence, the same text the same number.

export interface Dice {
  /** At least 0, less than 1. */
  next(): number
  chance(probability: number): boolean
  /** At least 0, less than the limit. */
  below(limit: number): number
  /** Throws on an empty list. */
  pick<T>(items: readonly T[]): T
}

export function createDice(seed: number): Dice {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x9e3779b9) >>> 0
    return mix(state) / 0x1_0000_0000
  }
  return {
    next,
    chance: (probability) => next() < probability,
    below: (limit) => Math.floor(next() * limit),
    pick: (items) => pickBy(items, next()),
  }
}

/** 32 bits that depend on every character. */
export function hashText(seed: number, text: string): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0
  }
  return mix(hash)
}

/** At least 0, less than 1; one number per text. */
export function shareOf(seed: number, text: string): number {
  return hashText(seed, text) / 0x1_0000_0000
}

/** The item at a share (0 to 1) of the list. */
export function pickBy<T>(items: readonly T[], share: number): T {
  const item = items[Math.floor(share * items.length)]
  if (item === undefined) throw new Error('There is nothing to pick from')
  return item
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
