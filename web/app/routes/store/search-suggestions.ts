import { execute } from '#app/graphql/execute.server.ts'
import { placeOf } from '#app/store/place.server.ts'
import { graphql } from '#generated/gql.ts'
import type { Route } from './+types/search-suggestions'

const SearchSuggestions = graphql(`
  query SearchSuggestions($query: String!, $locale: String!, $market: ID!) {
    search(query: $query, locale: $locale, market: $market, first: 6) {
      nodes {
        id
        slug
        name(locale: $locale)
        media(first: 1) {
          ...MediaFields
        }
        priceRange(market: $market) {
          min {
            currency
            amount
          }
        }
      }
    }
  }
`)

/** The first finds for what is typed so far. A word of two characters is enough: in Chinese and Japanese that is a word. */
export async function loader({ params, context, request }: Route.LoaderArgs) {
  const { locale, market } = placeOf(params)
  const query = (new URL(request.url).searchParams.get('q') ?? '').trim().slice(0, 200)
  if ([...query].length < 2) return { products: [] }
  const { search } = await execute(context, SearchSuggestions, { query, locale, market })
  return { products: search.nodes }
}
