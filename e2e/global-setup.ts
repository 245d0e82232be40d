import type { TestProject } from 'vitest/node'
import { e2eTarget, runningHouseRedisPrefix, runningHouseUrl, services } from './config.ts'
import { startHouseProcess } from './house-process.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    houseUrl: string
    /** Null when the house has no Redis. */
    houseRedis: { url: string; prefix: string } | null
  }
}

/** One house for all e2e files, so that the demo data is loaded once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (runningHouseUrl !== undefined) {
    project.provide('houseUrl', runningHouseUrl)
    const { REDIS_URL: url } = services
    const prefix = runningHouseRedisPrefix
    project.provide('houseRedis', url !== undefined && prefix !== undefined ? { url, prefix } : null)
    return () => Promise.resolve()
  }
  process.stdout.write(`  starting the house under test (${e2eTarget})\n`)
  const house = await startHouseProcess()
  project.provide('houseUrl', house.url)
  project.provide('houseRedis', house.redis)
  return async () => {
    await house.stop()
  }
}
