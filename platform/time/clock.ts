/** Where the time comes from. Code that decides by time takes a Clock, so that a test can say what time it is. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still until it is advanced. */
export function fixedClock(start: Date): Clock & { advance(ms: number): void } {
  let timeMs = start.getTime()
  return {
    now: () => new Date(timeMs),
    advance(ms) {
      timeMs += ms
    },
  }
}
