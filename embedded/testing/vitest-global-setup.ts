// Once per run of integration or end-to-end tests: fresh Prisma clients, and a PostgreSQL server, either the one
// TEST_DATABASE_URL names or an embedded one.
import type { TestProject } from 'vitest/node'
import type {} from '#platform/testing/test-database.ts'
import { ensureGenerated } from '#prisma/generate.ts'
import { testDatabaseUrl } from './config.ts'
import { startTestServer } from './start-test-server.ts'
import { beginTestRun } from './test-run.ts'

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await ensureGenerated()
  const embedded = testDatabaseUrl === undefined ? await startTestServer() : null
  try {
    const url = testDatabaseUrl ?? embedded?.url('postgres') ?? ''
    const run = await beginTestRun(url)
    project.provide('testServer', { url, runId: run.runId })
    return async () => {
      await run.end()
      await embedded?.stop()
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}
