import { runInContext } from '../context/request-context.ts'
import type { Logger } from '../log/logger.ts'

/** Work that comes back by itself. It must be safe when two processes do it at once, and when it is cut off. */
export interface Job {
  readonly name: string
  readonly everyMs: number
  /** `signal` aborts when the process wants to stop: work of minutes ends at its next step and goes on after the start. */
  run(signal: AbortSignal): Promise<void>
}

export interface Scheduler {
  /** Runs one job now and waits for it; rejects when it fails or is unknown. */
  runJob(name: string): Promise<void>
  /** Starts nothing more and waits for what runs. */
  stop(): Promise<void>
}

/** Runs each job every so often, never twice at once in this process. A job that fails is logged and comes again. */
export function startScheduler(jobs: readonly Job[], log: Logger): Scheduler {
  const running = new Map<string, Promise<void>>()
  const timers = new Map<string, NodeJS.Timeout>()
  const stopping = new AbortController()

  function start(job: Job): Promise<void> {
    const current = running.get(job.name)
    if (current) return current
    const run = runInContext({ actor: { type: 'system', id: job.name } }, () =>
      job.run(stopping.signal),
    ).finally(() => {
      running.delete(job.name)
    })
    running.set(job.name, run)
    return run
  }

  function plan(job: Job): void {
    if (stopping.signal.aborted) return
    const timer = setTimeout(() => {
      start(job)
        .catch((error: unknown) => {
          log.error({ err: error, job: job.name }, 'a job failed; it comes again')
        })
        .finally(() => {
          plan(job)
        })
    }, job.everyMs)
    timer.unref()
    timers.set(job.name, timer)
  }

  for (const job of jobs) plan(job)

  return {
    runJob: async (name) => {
      const job = jobs.find((candidate) => candidate.name === name)
      if (!job) throw new Error(`There is no job ${name}`)
      // One that has begun may have read before the caller wrote: wait for it, then run anew.
      await running.get(name)?.catch(() => undefined)
      await start(job)
    },
    stop: async () => {
      stopping.abort()
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.allSettled(running.values())
    },
  }
}
