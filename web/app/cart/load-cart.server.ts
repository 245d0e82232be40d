import type { RouterContextProvider } from 'react-router'
import { execute } from '#app/graphql/execute.server.ts'
import { getSession, type CartKey } from '#app/session/session.server.ts'
import type { PagePlace } from '#app/store/place.server.ts'
import { graphql } from '#generated/gql.ts'
import type { CartFieldsFragment } from '#generated/graphql.ts'
import { findOffers } from './cart-offers.server.ts'

// A cart as the bag shows it, priced by orders. Needs `$locale`, `$country`, `$voucherCodes`, `$shippingMethodId` and `$pickUpShopId`.
graphql(`
  fragment CartFields on Cart {
    id
    version
    totalQuantity
    market {
      id
    }
    lines {
      id
      quantity
      variant {
        id
        sku
        product {
          id
          slug
          name(locale: $locale)
        }
        options {
          option
          valueName(locale: $locale)
        }
        media {
          ...MediaFields
        }
      }
    }
    quote(
      country: $country
      voucherCodes: $voucherCodes
      shippingMethodId: $shippingMethodId
      pickUpShopId: $pickUpShopId
    ) {
      lines {
        variant {
          id
        }
        unitPrice {
          currency
          amount
        }
        total {
          currency
          amount
        }
      }
      subtotal {
        currency
        amount
      }
      discounts {
        promotionId
        name(locale: $locale)
        voucherCode
        amount {
          currency
          amount
          minorUnits
        }
      }
      vouchers {
        code
        refusal
      }
      shippingMethods {
        isChosen
        price {
          currency
          amount
          minorUnits
        }
        method {
          id
          kind
          name(locale: $locale)
          description(locale: $locale)
        }
      }
      shipping {
        currency
        amount
        minorUnits
      }
      tax {
        currency
        amount
        minorUnits
      }
      taxIncluded
      total {
        currency
        amount
        minorUnits
      }
      problems {
        variant {
          id
        }
        code
        available
      }
    }
  }
`)

const OwnCart = graphql(`
  query OwnCart {
    me {
      id
      cart {
        id
      }
    }
  }
`)

const CartPage = graphql(`
  query CartPage(
    $id: ID!
    $token: String
    $locale: String!
    $country: String
    $voucherCodes: [String!]
    $shippingMethodId: ID
    $pickUpShopId: ID
  ) {
    cart(id: $id, token: $token) {
      ...CartFields
    }
  }
`)

const ChangeCartMarket = graphql(`
  mutation ChangeCartMarket($input: ChangeCartMarketInput!) {
    changeCartMarket(input: $input) {
      __typename
    }
  }
`)

/** The key of the visitor's bag: from the cookie, or the signed-in person's own. Null when there is no bag. */
export async function findCartKey(context: Readonly<RouterContextProvider>): Promise<CartKey | null> {
  const session = getSession(context)
  const key = session.cart()
  if (key !== null) return key
  if ((await session.viewer()) === null) return null
  const { me } = await execute(context, OwnCart)
  return me?.cart == null ? null : { id: me.cart.id, token: null }
}

/**
 * The visitor's bag, priced now for this page's market and for where it goes; null when there is none. A bag that was begun
 * in another market is moved to this one.
 */
export async function loadCart(
  context: Readonly<RouterContextProvider>,
  place: PagePlace,
  to: { country?: string | null; pickUpShopId?: string | null } = {},
): Promise<CartFieldsFragment | null> {
  const session = getSession(context)
  const key = await findCartKey(context)
  if (key === null) return null
  const read = () =>
    execute(context, CartPage, {
      id: key.id,
      token: key.token,
      locale: place.locale,
      ...findOffers(session.cookies),
      // The way of delivery was chosen for a courier.
      ...(to.pickUpShopId == null ? {} : { shippingMethodId: null }),
      ...to,
    })
  let { cart } = await read()
  if (cart === null) {
    // Forgotten by the house, merged, or somebody else's: the cookie is of no use any more.
    if (session.cart() !== null) {
      session.keepCart(null)
      return loadCart(context, place, to)
    }
    return null
  }
  if (cart.market.id !== place.market) {
    await execute(context, ChangeCartMarket, { input: { cart: key, market: place.market } })
    cart = (await read()).cart
  }
  return cart
}
