import type { Clock } from '#platform/time/clock.ts'
import type { TokenOfCart } from '../cart-tokens.ts'
import type { CartDatabase } from '../data/cart-database.ts'

/** What resolvers are made with. */
export interface Services {
  database: CartDatabase
  tokenOf: TokenOfCart
  clock: Clock
}
