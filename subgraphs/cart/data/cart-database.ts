import { createDatabase, type Database } from '#platform/database/database.ts'
import type { Logger } from '#platform/log/logger.ts'
import { type Prisma, PrismaClient } from './generated/client.ts'

/** What use cases write through: a transaction of the carts' database. */
export type Tx = Prisma.TransactionClient

export type CartDatabase = Database<PrismaClient, Tx>

export function openCartDatabase(options: { url: string; poolSize: number; log: Logger }): CartDatabase {
  return createDatabase<PrismaClient, Tx>({ ...options, PrismaClient })
}
