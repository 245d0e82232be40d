import type { Logger } from '../log/logger.ts'

/** Longest time between the signal and the end; orchestrators kill after ten seconds or more. */
const limitMs = 5_000

/**
 * Calls `stop` once on SIGTERM or SIGINT and ends the process: with 0 when it stopped cleanly, with 1 when it failed or
 * took too long. A second signal ends it at once.
 */
export function onTermination(log: Logger, stop: () => Promise<void>): void {
  let isStopping = false
  const handle = (signal: NodeJS.Signals): void => {
    if (isStopping) process.exit(1)
    isStopping = true
    log.debug({ signal }, 'stopping')
    setTimeout(() => {
      log.error('stopping took too long')
      process.exit(1)
    }, limitMs).unref()
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', handle)
  process.on('SIGINT', handle)
}
