import type { RouterContextProvider } from 'react-router'
import { execute } from '#app/graphql/execute.server.ts'
import { graphql } from '#generated/gql.ts'
import type { CartFieldsFragment } from '#generated/graphql.ts'

const Boutiques = graphql(`
  query Boutiques {
    shops {
      id
      name
      market {
        id
      }
    }
  }
`)

const StockInBoutiques = graphql(`
  query StockInBoutiques($id: ID!, $token: String, $market: ID!) {
    cart(id: $id, token: $token) {
      id
      lines {
        id
        quantity
        variant {
          id
          availabilityInShops(market: $market) {
            quantity
            shop {
              id
            }
          }
        }
      }
    }
  }
`)

export interface Boutique {
  id: string
  name: string
}

/** A boutique, and how much of the bag is there. */
export interface BoutiqueWithStock extends Boutique {
  lines: number
  /** Lines of the bag that are there in full. */
  linesThere: number
}

/** The boutiques of a market. */
export async function findBoutiques(
  context: Readonly<RouterContextProvider>,
  market: string,
): Promise<Boutique[]> {
  const { shops } = await execute(context, Boutiques)
  return shops.filter((shop) => shop.market.id === market).map(({ id, name }) => ({ id, name }))
}

/** The same with what of the bag can be collected there now; those that keep no goods are left out. */
export async function findStockOf(
  context: Readonly<RouterContextProvider>,
  boutiques: readonly Boutique[],
  bag: { cart: CartFieldsFragment; token: string | null; market: string },
): Promise<BoutiqueWithStock[]> {
  if (boutiques.length === 0) return []
  const { cart } = await execute(context, StockInBoutiques, {
    id: bag.cart.id,
    token: bag.token,
    market: bag.market,
  })
  const lines = cart?.lines ?? []
  // What is told ends at ten pieces: a line of more is there as far as anybody can say.
  const isThere = (line: (typeof lines)[number], shopId: string) =>
    line.variant.availabilityInShops.some(
      (there) => there.shop.id === shopId && there.quantity >= Math.min(line.quantity, 10),
    )
  const keepsGoods = (id: string) =>
    lines.some((line) => line.variant.availabilityInShops.some((there) => there.shop.id === id))
  return boutiques
    .filter(({ id }) => keepsGoods(id))
    .map((boutique) => ({
      ...boutique,
      lines: lines.length,
      linesThere: lines.filter((line) => isThere(line, boutique.id)).length,
    }))
}
