const mostAttempts = 8
const firstPauseMs = 10_000
const longestPauseMs = 3_600_000

/** How long to wait after so many failed attempts: 10 s, 40 s, … an hour; null when it is time to give up (after about five hours). */
export function retryAfterMs(attempts: number): number | null {
  if (attempts >= mostAttempts) return null
  return Math.min(longestPauseMs, firstPauseMs * 4 ** (attempts - 1))
}
