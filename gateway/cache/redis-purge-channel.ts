import type { Redis } from 'ioredis'
import type { PurgeListener } from './shared-tier.ts'

const HEARTBEAT_MS = 1_000

/**
 * Hears what other gateways purge. Whenever it begins to hear (again), purges may have been missed before, and it says
 * so. A connection that stays open and silent is found out within two seconds.
 */
export function listenToPurges(options: {
  /** A connection of its own, not yet connected. */
  redis: Redis
  channel: string
  /** Who we are: what we purge ourselves is no news. */
  processId: string
  listener: PurgeListener
}): { close(): void } {
  const { redis, channel, processId, listener } = options
  let isSubscribed = false
  let isPinging = false

  function reconnect(): void {
    isSubscribed = false
    redis.disconnect(true)
  }

  redis.on('message', (_channel: string, message: string) => {
    const [sender, ...tags] = message.split(' ')
    if (tags[0] === '*') listener.lost()
    else if (sender !== processId) listener.purged(tags)
  })
  redis.on('ready', () => {
    redis.subscribe(channel).then(() => {
      isSubscribed = true
      listener.lost()
    }, reconnect)
  })
  // Told of by the connection for commands, which is lost at the same time.
  redis.on('error', () => undefined)
  redis.on('close', () => {
    isSubscribed = false
  })
  const heartbeat = setInterval(() => {
    if (!isSubscribed || isPinging) return
    isPinging = true
    redis.ping().then(
      () => (isPinging = false),
      () => {
        isPinging = false
        reconnect()
      },
    )
  }, HEARTBEAT_MS).unref()
  redis.connect().catch(() => undefined)

  return {
    close: () => {
      clearInterval(heartbeat)
      redis.disconnect()
    },
  }
}
