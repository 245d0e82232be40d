// Buckets that all gateways share. To ask Redis for every request would cost as much as a small operation does, so a
// gateway that finds a bucket at least half full takes a little more than it needs, and spends that by itself. What it
// takes is taken out in Redis first: together the gateways never admit more than the buckets held.
import type { Redis } from 'ioredis'
import type { Draw, Drawn } from './memory-buckets.ts'

// Redis's clock, since those of gateways differ. A bucket is the moment at which it will be full; the key goes then.
const drawScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local waitMs, full = 0, {}
for i, key in ipairs(KEYS) do
  local cost, capacity, rate = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  full[i] = math.max(now, tonumber(redis.call('GET', key) or now))
  local available = capacity - (full[i] - now) * rate / 1000
  waitMs = math.max(waitMs, (cost - available) / rate * 1000)
end
local answer = { tostring(math.ceil(waitMs)) }
for i, key in ipairs(KEYS) do
  local cost, capacity, rate = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  local available = capacity - (full[i] - now) * rate / 1000
  local taken = 0
  if waitMs <= 0 then
    taken = cost
    local more = cost + capacity * 0.02
    if available - more >= capacity / 2 then taken = more end
    local fullAt = full[i] + taken / rate * 1000
    redis.call('SET', key, string.format('%.3f', fullAt), 'PX', math.ceil(fullAt - now) + 1)
  end
  answer[#answer + 1] = string.format('%.3f', taken)
  answer[#answer + 1] = string.format('%.3f', available - taken)
end
return answer`

/** What was taken ahead is lost to the client after this time, so that it is not kept from other gateways. */
const leaseMs = 1_000

interface Lease {
  left: number
  untilMs: number
  /** In the bucket when Redis last told, and when that was. */
  available: number
  toldAtMs: number
}

export interface RedisBuckets {
  /** At once when what was taken ahead is enough. Rejects when Redis fails or is slower than the time given. */
  draw(draws: readonly Draw[]): Drawn | Promise<Drawn>
}

export function createRedisBuckets(options: {
  redis: Pick<Redis, 'eval'>
  prefix: string
  timeoutMs: number
  maxLeases: number
  now: () => number
}): RedisBuckets {
  const { redis, prefix, timeoutMs, maxLeases, now } = options
  const leases = new Map<string, Lease>()

  function usableLease({ key }: Draw, nowMs: number): Lease | undefined {
    const lease = leases.get(key)
    return lease && lease.untilMs > nowMs ? lease : undefined
  }

  function keep(key: string, lease: Lease): void {
    leases.delete(key)
    leases.set(key, lease)
    for (const [oldest, { untilMs }] of leases) {
      if (leases.size <= maxLeases && untilMs > lease.toldAtMs) break
      leases.delete(oldest)
    }
  }

  function drawAhead(draws: readonly Draw[]): Drawn | null {
    const nowMs = now()
    const found: { lease: Lease; draw: Draw }[] = []
    for (const draw of draws) {
      const lease = usableLease(draw, nowMs)
      if (!lease || lease.left < draw.cost) return null
      found.push({ lease, draw })
    }
    const available = found.map(({ lease, draw: { cost, size } }) => {
      lease.left -= cost
      const restored = ((nowMs - lease.toldAtMs) * size.restoreRate) / 1_000
      return Math.min(size.capacity, lease.available + restored + lease.left)
    })
    return { waitMs: 0, available }
  }

  async function drawInRedis(draws: readonly Draw[]): Promise<Drawn> {
    const answer = await within(
      redis.eval(
        drawScript,
        draws.length,
        ...draws.map(({ key }) => prefix + key),
        ...draws.flatMap(({ cost, size }) => [cost, size.capacity, size.restoreRate]),
      ),
      timeoutMs,
    )
    const numbers = Array.isArray(answer) ? answer.map(Number) : []
    const [waitMs = NaN] = numbers
    if (numbers.length !== 1 + 2 * draws.length || numbers.some(Number.isNaN)) {
      throw new Error('Redis did not answer with buckets')
    }
    const nowMs = now()
    const available = draws.map((draw, index) => {
      const [taken = 0, rest = 0] = numbers.slice(1 + 2 * index)
      if (waitMs > 0) return rest
      const left = (usableLease(draw, nowMs)?.left ?? 0) + taken - draw.cost
      if (left > 0) keep(draw.key, { left, untilMs: nowMs + leaseMs, available: rest, toldAtMs: nowMs })
      return rest + left
    })
    return { waitMs, available }
  }

  return { draw: (draws) => drawAhead(draws) ?? drawInRedis(draws) }
}

async function within<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`Redis took longer than ${String(timeoutMs)} ms`))
    }, timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
