import { join, resolve } from 'node:path'
import { FolderInUseError } from '../postgres/folder-lock.ts'
import { forgetPostgres } from '../postgres/forget-postgres.ts'
import type { EmbeddedPostgres } from '../postgres/start-postgres.ts'
import { startPostgres } from '../postgres/start-postgres.ts'

const folders = resolve(import.meta.dirname, '../../.maison/test-postgres')

/**
 * A PostgreSQL for one test run. Runs at the same time get one each, in numbered folders; the first free folder is used
 * again, which saves `initdb` and ends the server a killed run left behind.
 */
export async function startTestServer(): Promise<EmbeddedPostgres> {
  for (let place = 1; ; place++) {
    const dataFolder = join(folders, String(place))
    try {
      return await startPostgres({ dataFolder, fast: true })
    } catch (error) {
      if (error instanceof FolderInUseError && place < 32) continue
      if (error instanceof FolderInUseError) throw error
      // Written without fsync, so a crash of the machine may have ruined it; nothing in it is worth a repair.
      await forgetPostgres(dataFolder)
      return await startPostgres({ dataFolder, fast: true })
    }
  }
}
