import type { Pulse } from './request-pacer.ts'

/** Time for tests: it passes when the test says so. */
export function manualPulse(): Pulse & { pass(ms: number): Promise<void>; asked(): Promise<void> } {
  let nowMs = 0
  let due: { at: number; run: () => void }[] = []
  let onAsked: () => void = () => undefined
  return {
    now: () => nowMs,
    after: (ms, run) => {
      due.push({ at: nowMs + ms, run })
      onAsked()
    },
    pass: async (ms) => {
      await Promise.resolve()
      const end = nowMs + ms
      for (;;) {
        const next = due.toSorted((a, b) => a.at - b.at)[0]
        if (!next || next.at > end) break
        due = due.filter((each) => each !== next)
        nowMs = next.at
        next.run()
        await Promise.resolve()
      }
      nowMs = end
    },
    /** Resolves when somebody next wants to be called later. */
    asked: () =>
      new Promise((resolve) => {
        onAsked = resolve
      }),
  }
}
