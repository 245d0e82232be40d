import type { RouterContextProvider } from 'react-router'
import { execute } from '#app/graphql/execute.server.ts'
import { graphql } from '#generated/gql.ts'
import type { PlaceOrderInput } from '#generated/graphql.ts'

const PlaceOrder = graphql(`
  mutation PlaceOrder($input: PlaceOrderInput!, $locale: String!) {
    placeOrder(input: $input) {
      __typename
      ... on PlaceOrderSuccess {
        paymentTicket
        order {
          id
          number
        }
      }
      ... on OutOfStockError {
        lines {
          available
          variant {
            id
            product {
              id
              name(locale: $locale)
            }
          }
        }
      }
      ... on PriceChangedError {
        expected {
          currency
          amount
        }
        actual {
          currency
          amount
        }
      }
      ... on VoucherRefusedError {
        code
        reason
      }
      ... on NotSoldHereError {
        variants {
          id
          product {
            id
            name(locale: $locale)
          }
        }
      }
      ... on InvalidInputError {
        field
        message
      }
    }
  }
`)

/** Sends the order as the form holds it. The same key with the same form is the same order. */
export async function placeOrder(context: Readonly<RouterContextProvider>, input: PlaceOrderInput) {
  return (await execute(context, PlaceOrder, { input, locale: input.locale })).placeOrder
}
