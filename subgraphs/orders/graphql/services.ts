import type { GraphQLContext } from '#platform/server/subgraph.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { OrdersDatabase } from '../data/tx.ts'
import type { Loaders } from './loaders.ts'

/** What resolvers are made with. */
export interface Services {
  database: OrdersDatabase
  clock: Clock
  ticketSecret: string
  /** How long goods are held unpaid; null: as long as the market says. */
  holdMs: number | null
  /** Who gets new parcels. */
  courierRef: string | null
}

export type Ctx = GraphQLContext<Loaders>
