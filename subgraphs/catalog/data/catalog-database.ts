import { createDatabase, type Database } from '#platform/database/database.ts'
import type { Logger } from '#platform/log/logger.ts'
import { type Prisma, PrismaClient } from './generated/client.ts'

/** What use cases write through: a transaction of the catalog's database. */
export type Tx = Prisma.TransactionClient

export type CatalogDatabase = Database<PrismaClient, Tx>

export function openCatalogDatabase(options: {
  url: string
  poolSize: number
  log: Logger
}): CatalogDatabase {
  return createDatabase<PrismaClient, Tx>({ ...options, PrismaClient })
}
