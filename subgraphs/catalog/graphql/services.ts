import type { Clock } from '#platform/time/clock.ts'
import type { CatalogDatabase } from '../data/catalog-database.ts'

/** What resolvers are made with. */
export interface Services {
  database: CatalogDatabase
  clock: Clock
}
