import { runOutsideContext } from '#platform/context/request-context.ts'

/** Calls of what is returned within `ms` of the first are one run of `work`, at the end of that time. */
export function soon(ms: number, work: () => void): () => void {
  let isWaiting = false
  return () => {
    if (isWaiting) return
    isWaiting = true
    runOutsideContext(() =>
      setTimeout(() => {
        isWaiting = false
        work()
      }, ms),
    )
  }
}
