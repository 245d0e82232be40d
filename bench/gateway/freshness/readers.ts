// The readers, in a thread of their own: many who read any product at a steady pace, and one on each gateway who reads
// a product that has just been changed, over and over.
import { setTimeout as wait } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { Pool } from 'undici'
import { versionIn } from './price-version.ts'
import type { ReadersGiven, ReadersTold, Watch } from './start-readers.ts'

const { gateways, paths, readsPerSecond, watchMs } = workerData as ReadersGiven
const pools = gateways.map((url) => new Pool(url, { connections: 64, pipelining: 1 }))
/** More than are ever needed at that pace: who finds it full does not ask. */
const mostUnderWay = 200
const tickMs = 5
const watchPauseMs = 3

const reads: number[] = []
const underWay = pools.map(() => 0)
let skipped = 0
let failures = 0
let isEnding = false

const nowMs = () => performance.timeOrigin + performance.now()

async function read(gateway: number, product: number): Promise<number> {
  underWay[gateway] = (underWay[gateway] ?? 0) + 1
  const askedAt = nowMs()
  let version = Number.NaN
  try {
    const answer = await pools[gateway]?.request({ path: paths[product] ?? '', method: 'GET' })
    const text = (await answer?.body.text()) ?? ''
    version = (answer?.statusCode === 200 ? versionIn(text) : null) ?? Number.NaN
    if (Number.isNaN(version) && failures === 0)
      console.error(`  ${answer?.statusCode}: ${text.slice(0, 300)}`)
  } catch (error) {
    if (failures === 0) console.error(error)
  }
  if (Number.isNaN(version)) failures += 1
  else reads.push(gateway, product, askedAt, nowMs(), version)
  underWay[gateway] = (underWay[gateway] ?? 0) - 1
  return version
}

/** Reads a product until its gateway has shown the change, and a while longer: the old may come back. */
async function watch(gateway: number, { product, version }: Watch): Promise<void> {
  let seenAt = Number.POSITIVE_INFINITY
  while (!isEnding && nowMs() - seenAt < watchMs) {
    if ((await read(gateway, product)) >= version) seenAt = Math.min(seenAt, nowMs())
    await wait(watchPauseMs)
  }
}

let due = 0
let lastTickAt = nowMs()
const pace = setInterval(() => {
  due += ((nowMs() - lastTickAt) * readsPerSecond) / 1_000
  lastTickAt = nowMs()
  for (; due >= 1; due -= 1) {
    const gateway = Math.floor(Math.random() * pools.length)
    if ((underWay[gateway] ?? 0) >= mostUnderWay) skipped += 1
    else void read(gateway, Math.floor(Math.random() * paths.length))
  }
}, tickMs)

async function end(): Promise<void> {
  isEnding = true
  clearInterval(pace)
  while (underWay.some((count) => count > 0)) await wait(10)
  await Promise.all(pools.map((pool) => pool.close()))
  const told: ReadersTold = { reads: Float64Array.from(reads), skipped, failures }
  parentPort?.postMessage(told)
  parentPort?.close()
}

parentPort?.on('message', (message: Watch | 'end') => {
  if (message === 'end') void end()
  else for (const gateway of pools.keys()) void watch(gateway, message)
})
