import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** A change that is being made now: whoever watches knows the new version by its number. */
export interface Watch {
  product: number
  version: number
}

export interface ReadersGiven {
  gateways: readonly string[]
  /** One for each product. */
  paths: readonly string[]
  /** On all gateways together, besides those who watch. */
  readsPerSecond: number
  /** How long a product is watched after its gateway has shown the change. */
  watchMs: number
}

export interface ReadersTold {
  /** Five numbers each: gateway, product, asked at, came at (ms since the epoch), version of the price. */
  reads: Float64Array
  /** Not asked, because too many had no answer yet. */
  skipped: number
  /** Without a price in them. */
  failures: number
}

export interface Read {
  gateway: number
  product: number
  askedAt: number
  cameAt: number
  version: number
}

export interface Readers {
  /** Reads this product on every gateway, as often as it goes. */
  watch(change: Watch): void
  end(): Promise<{ reads: Read[]; skipped: number; failures: number }>
}

/** Readers who ask from now on. */
export function startReaders(given: ReadersGiven): Readers {
  const worker = new Worker(new URL('readers.ts', import.meta.url), { workerData: given })
  return {
    watch: (change) => worker.postMessage(change),
    end: async () => {
      worker.postMessage('end')
      const [told] = (await once(worker, 'message')) as [ReadersTold]
      return { ...told, reads: toReads(told.reads) }
    },
  }
}

function toReads(numbers: Float64Array): Read[] {
  const reads: Read[] = []
  for (let at = 0; at < numbers.length; at += 5) {
    const [gateway = 0, product = 0, askedAt = 0, cameAt = 0, version = 0] = numbers.subarray(at, at + 5)
    reads.push({ gateway, product, askedAt, cameAt, version })
  }
  return reads
}
