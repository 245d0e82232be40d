import { join, resolve } from 'node:path'
import { reachableFolder } from './server-folder.ts'
import type { ServerUser } from './server-user.ts'
import { serverUser } from './server-user.ts'

export interface ServerPlace {
  /** Holds cluster, password, log and the launcher's lock. */
  folder: string
  cluster: string
  user: ServerUser | null
}

/** Where the server of this data folder lives and as whom it runs; the folder is created. */
export function serverPlace(dataFolder: string): ServerPlace {
  const wanted = resolve(dataFolder)
  const folder = reachableFolder(wanted, serverUser(join(wanted, 'cluster')))
  const cluster = join(folder, 'cluster')
  return { folder, cluster, user: serverUser(cluster) }
}
