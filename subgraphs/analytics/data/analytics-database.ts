import { createDatabase, type Database } from '#platform/database/database.ts'
import type { Logger } from '#platform/log/logger.ts'
import { type Prisma, PrismaClient } from './generated/client.ts'

/** What use cases write through: a transaction of analytics' database. */
export type Tx = Prisma.TransactionClient

/** A transaction, or the database outside of one, to read from. */
export type Reader = Tx | PrismaClient

export type AnalyticsDatabase = Database<PrismaClient, Tx>

export function openAnalyticsDatabase(options: {
  url: string
  poolSize: number
  log: Logger
}): AnalyticsDatabase {
  return createDatabase<PrismaClient, Tx>({ ...options, PrismaClient })
}
