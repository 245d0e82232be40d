/**
 * Lets `work` run once at a time. A call while it runs gets the run after that one, so that when it resolves everything
 * written before the call has been seen; any number of callers share that run.
 */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | null = null
  let next: Promise<void> | null = null

  function start(): Promise<void> {
    const run = work().finally(() => {
      if (current === run) current = null
    })
    current = run
    return run
  }

  return () => {
    if (next) return next
    if (!current) return start()
    next = current
      .catch(() => undefined)
      .then(() => {
        next = null
        return start()
      })
    return next
  }
}
