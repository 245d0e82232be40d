/** Between two keys of a scanner; the fastest typist is several times slower. */
const scannerGapMs = 50
/** After such a pause a key begins something new: what was typed before it is not a part of the code. */
const pauseMs = 250
const shortestCode = 4

export interface Wedge {
  /** Takes a key as it was pressed. Gives a code when the key is the Enter that ends a scan, else null. */
  press(key: string, atMs: number): string | null
  /** Whether the last key began something new. */
  readonly isBeginning: boolean
}

/**
 * Tells a scanner, which types like a keyboard, from a person. Decided at Enter by the median gap between keys, so that
 * no key is held back and the first digit is never lost.
 */
export function createWedge(): Wedge {
  let keys: string[] = []
  let times: number[] = []

  function forget(): void {
    keys = []
    times = []
  }

  return {
    get isBeginning() {
      return keys.length === 1
    },
    press(key, atMs) {
      const last = times.at(-1)
      if (last !== undefined && atMs - last > pauseMs) forget()
      if (key === 'Enter') {
        const code = keys.join('')
        const isScan = code.length >= shortestCode && medianGap([...times, atMs]) < scannerGapMs
        forget()
        return isScan ? code : null
      }
      // Scanners send Shift for capitals; it is no character and no end.
      if (key === 'Shift') return null
      if ([...key].length !== 1) {
        forget()
        return null
      }
      keys.push(key)
      times.push(atMs)
      return null
    },
  }
}

function medianGap(times: readonly number[]): number {
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time))
  gaps.sort((a, b) => a - b)
  return gaps[Math.floor(gaps.length / 2)] ?? Number.POSITIVE_INFINITY
}
