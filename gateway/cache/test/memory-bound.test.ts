import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { createEntry } from '../cache-entry.ts'
import { createMemoryTier } from '../memory-tier.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const megabyte = 1024 * 1024
const maxBytes = 32 * megabyte

function usedBytes(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

test(
  'a million different addresses stay within the bound, by our count and by the process',
  { timeout: 180_000 },
  () => {
    const memory = createMemoryTier({ maxBytes })
    const before = usedBytes()
    const body = Buffer.alloc(500, 'x')
    let most = 0
    for (let index = 0; index < 1_000_000; index += 1) {
      const entry = createEntry({
        key: `/graphql/${'a'.repeat(64)}?variables=%7B%22slug%22%3A%22${index}%22%7D`,
        tags: [`Product:0199-${index}`, 'Product[]'],
        bornAtMs: performance.now(),
        maxAgeMs: 60_000,
        body,
        baseHeaders: [],
        etag: 'the hash of the body',
      })
      memory.put(entry, memory.begin())
      if (memory.bytes > most) most = memory.bytes
    }
    const grown = usedBytes() - before
    console.log(`${memory.size} entries, counted ${memory.bytes}, the process grew by ${grown}`)
    expect(most).toBeLessThanOrEqual(maxBytes)
    expect(memory.size).toBeGreaterThan(10_000)
    expect(grown).toBeLessThan(maxBytes * 1.25)
    memory.close()
  },
)
