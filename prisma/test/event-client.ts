// Platform may import no generated client; for the event tables any of them does.
import type { Prisma } from '#subgraphs/orders/data/generated/client.ts'
import { PrismaClient } from '#subgraphs/orders/data/generated/client.ts'
import { createDatabase, type Database } from '#platform/database/database.ts'
import { silentLogger } from '#platform/log/logger.ts'

export type Tx = Prisma.TransactionClient
export type EventDatabase = Database<PrismaClient, Tx>

export function connectTo(url: string): EventDatabase {
  return createDatabase<PrismaClient, Tx>({ url, PrismaClient, poolSize: 24, log: silentLogger })
}
