import type { TestProject } from 'vitest/node'
import { e2eTarget, runningHouseUrl } from './config.ts'
import { startHouseProcess } from './house-process.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    houseUrl: string
  }
}

/** One house for all e2e files, so that the demo data is loaded once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (runningHouseUrl !== undefined) {
    project.provide('houseUrl', runningHouseUrl)
    return () => Promise.resolve()
  }
  process.stdout.write(`  starting the house under test (${e2eTarget})\n`)
  const house = await startHouseProcess()
  project.provide('houseUrl', house.url)
  return async () => {
    await house.stop()
  }
}
