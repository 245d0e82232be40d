import type { RouterContextProvider } from 'react-router'
import { execute } from '#app/graphql/execute.server.ts'
import { graphql } from '#generated/gql.ts'
import type { TillProductsFragment } from '#generated/graphql.ts'

graphql(`
  fragment TillProducts on ProductConnection {
    nodes {
      id
      slug
      name
      media(first: 1) {
        id
        placeholderColor
        derivatives {
          url
          width
        }
      }
      priceRange(market: $market) {
        min {
          currency
          amount
        }
        max {
          currency
          amount
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`)

const TillList = graphql(`
  query TillList(
    $market: ID!
    $query: String!
    $collection: String!
    $after: String
    $isSearch: Boolean!
    $isCollection: Boolean!
    $isAll: Boolean!
  ) {
    search(query: $query, first: 48, after: $after) @include(if: $isSearch) {
      ...TillProducts
    }
    collection(slug: $collection) @include(if: $isCollection) {
      id
      products(first: 48, after: $after) {
        ...TillProducts
      }
    }
    products(first: 48, after: $after) @include(if: $isAll) {
      ...TillProducts
    }
  }
`)

interface Wanted {
  market: string
  query: string
  /** A collection's slug, or `all`. */
  collection: string
  after: string | null
}

const enough = 24
/** Pages looked through for one view: a catalogue may hold thousands of pieces of other markets in a row. */
const mostPages = 4

/** A page of what is sold in a market. What is sold elsewhere only is left out, so it looks on until there is enough. */
export async function findTillProducts(
  context: Readonly<RouterContextProvider>,
  { market, query, collection, after }: Wanted,
): Promise<TillProductsFragment> {
  const kind = query !== '' ? 'search' : collection === 'all' ? 'all' : 'collection'
  const nodes: TillProductsFragment['nodes'] = []
  let pageInfo: TillProductsFragment['pageInfo'] = { hasNextPage: true, endCursor: after }
  for (let page = 0; page < mostPages && nodes.length < enough && pageInfo.hasNextPage; page++) {
    const answer = await execute(context, TillList, {
      market,
      query,
      collection,
      after: pageInfo.endCursor,
      isSearch: kind === 'search',
      isCollection: kind === 'collection',
      isAll: kind === 'all',
    })
    const found = answer.search ?? answer.collection?.products ?? answer.products
    nodes.push(...(found?.nodes ?? []).filter((product) => product.priceRange !== null))
    pageInfo = found?.pageInfo ?? { hasNextPage: false, endCursor: null }
  }
  return { nodes, pageInfo }
}
