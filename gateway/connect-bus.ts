import { setTimeout as wait } from 'node:timers/promises'
import type { Bus } from '#platform/events/bus.ts'
import { connectRabbitBus } from '#platform/events/rabbit-bus.ts'
import type { Logger } from '#platform/log/logger.ts'

/**
 * Connects to RabbitMQ however long that takes: a gateway serves reads without it, within the age that the schema
 * allows. Resolves to null when `signal` aborts first.
 */
export async function connectBus(
  rabbit: { url: string; prefix: string },
  { log, signal }: { log: Logger; signal: AbortSignal },
): Promise<Bus | null> {
  while (!signal.aborted) {
    try {
      return await connectRabbitBus({ ...rabbit, log, connectTimeoutMs: 10_000 })
    } catch (error) {
      log.warn({ err: error }, 'RabbitMQ is out of reach: kept answers end by their age only')
      await wait(1_000, undefined, { signal }).catch(() => undefined)
    }
  }
  return null
}
