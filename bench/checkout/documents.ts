import { createHash } from 'node:crypto'

// What a storefront sends on the way from the product page to the receipt, registered at the gateway like the web app's own.

export const findGoods = `query FindGoods($market: ID!) {
  collection(slug: "bags") { products(first: 100) { nodes { variants { id
    availability(market: $market) { quantity } price(market: $market) { current { minorUnits } } } } } } }`

export const continueAsGuest = `mutation ContinueAsGuest($input: ContinueAsGuestInput!) {
  continueAsGuest(input: $input) { __typename ... on SignInSuccess { session { accessToken } } } }`

export const addToCart = `mutation AddToCart($input: AddToCartInput!) {
  addToCart(input: $input) { __typename ... on CartSuccess { token cart { id } } } }`

export const placeOrder = `mutation PlaceOrder($input: PlaceOrderInput!) {
  placeOrder(input: $input) { __typename
    ... on PlaceOrderSuccess { paymentTicket order { id number } }
    ... on OutOfStockError { lines { available } }
    ... on PriceChangedError { actual { minorUnits } } } }`

export const startPayment = `mutation StartPayment($input: StartPaymentInput!) {
  startPayment(input: $input) { __typename
    ... on StartPaymentSuccess { client { provider reference clientSecret publishableKey } } } }`

export const documents = [findGoods, continueAsGuest, addToCart, placeOrder, startPayment]

export function hashOf(document: string): string {
  return createHash('sha256').update(document).digest('hex')
}
