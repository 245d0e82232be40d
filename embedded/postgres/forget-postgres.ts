import { rm } from 'node:fs/promises'
import { lockFolder } from './folder-lock.ts'
import { serverPlace } from './server-place.ts'
import { stopOrphan } from './stop-orphan.ts'

/**
 * Removes the data of the embedded PostgreSQL, wherever it lies, after ending a server that a killed launcher left.
 * Throws FolderInUseError, and removes nothing, while a living launcher uses it.
 */
export async function forgetPostgres(dataFolder: string): Promise<void> {
  const { folder, cluster } = serverPlace(dataFolder)
  const unlock = lockFolder(folder)
  try {
    await stopOrphan(cluster)
    await rm(cluster, { recursive: true, force: true })
  } finally {
    unlock()
  }
}
