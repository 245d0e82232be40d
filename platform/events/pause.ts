import { setTimeout as delay } from 'node:timers/promises'

/** Waits; returns early, without an error, when `signal` aborts. Does not keep the process alive. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { ref: false, ...(signal && { signal }) })
  } catch (error) {
    if (!signal?.aborted) throw error
  }
}
