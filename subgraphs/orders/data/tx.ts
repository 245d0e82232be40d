import type { Database } from '#platform/database/database.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'

/** Inside a transaction. The client itself fits where only reading is done. */
export type Tx = Prisma.TransactionClient
export type OrdersDatabase = Database<PrismaClient, Tx>
