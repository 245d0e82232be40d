import { createHmac } from 'node:crypto'
import type { Cache } from '#platform/cache/cache.ts'
import type { Logger } from '#platform/log/logger.ts'

const windowMs = 3_600_000
/** Codes that one person, and one network address, may try in an hour. Whole offices share an address. */
const most = { person: 20, address: 200 } as const

export interface GiftCardThrottle {
  /** 0 when this code may be looked at, else the seconds after which the next one surely may. */
  admit(caller: { userId: string; ip: string | null }): Promise<number>
}

/**
 * Slows the guessing of codes down. Every try is counted before its code is looked at, or a thousand at once would be free.
 * With the cache out of reach nobody is kept from paying: a code has 75 random bits.
 */
export function createGiftCardThrottle(options: {
  cache: Cache
  secret: string
  log: Logger
}): GiftCardThrottle {
  const { cache, secret, log } = options

  // Others may look into a cache: neither people nor network addresses are in its keys.
  async function count(kind: 'person' | 'address', value: string): Promise<number> {
    const digest = createHmac('sha256', secret).update(`gift-card:${kind}:${value}`).digest('base64url')
    return await cache.increment(`payments:gift-card:${kind}:${digest}`, { ttlMs: windowMs })
  }

  return {
    admit: async ({ userId, ip }) => {
      try {
        const isOver =
          (await count('person', userId)) > most.person ||
          (ip !== null && (await count('address', ip)) > most.address)
        return isOver ? windowMs / 1000 : 0
      } catch (error) {
        log.warn({ err: error }, 'the cache is out of reach: gift card codes are not slowed down')
        return 0
      }
    },
  }
}
