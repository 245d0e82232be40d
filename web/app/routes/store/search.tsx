import { execute } from '#app/graphql/execute.server.ts'
import { toolsFor, useI18n } from '#app/i18n/use-i18n.ts'
import { pageMeta } from '#app/store/page-meta.ts'
import { placeOf } from '#app/store/place.server.ts'
import { ProductList, type ProductPage } from '#app/store/product-list.tsx'
import { SearchForm } from '#app/store/search-form.tsx'
import { useStorePath } from '#app/store/use-store.ts'
import { graphql } from '#generated/gql.ts'
import type { Route } from './+types/search'

const SearchPage = graphql(`
  query SearchPage($query: String!, $locale: String!, $market: ID!, $after: String) {
    search(query: $query, locale: $locale, market: $market, first: 24, after: $after) {
      nodes {
        ...ProductCard
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
`)

export const meta: Route.MetaFunction = ({ params }) =>
  pageMeta(undefined, { title: `${toolsFor(params.locale, params.market).t('search.title')} · Maison` })

export async function loader({ params, context, request }: Route.LoaderArgs) {
  const { locale, market } = placeOf(params)
  const { searchParams } = new URL(request.url)
  const query = [...(searchParams.get('q') ?? '').trim()].slice(0, 200).join('')
  if (query === '') return { query, found: null }
  const { search } = await execute(context, SearchPage, {
    query,
    locale,
    market,
    after: searchParams.get('after'),
  })
  return { query, found: search }
}

export default function SearchView({ loaderData }: Route.ComponentProps) {
  const { t } = useI18n()
  const path = useStorePath()
  const { query, found } = loaderData
  return (
    <div className="wrap">
      <header className="page-head">
        <h1 className="visually-hidden">{t('search.title')}</h1>
        <SearchForm key={query} query={query} />
        <p className="small" role="status">
          {found === null ? t('search.prompt') : t('search.results', { count: found.totalCount, query })}
        </p>
      </header>
      {found === null ? null : found.nodes.length === 0 ? (
        <p className="soft">{t('search.empty-text')}</p>
      ) : (
        <ProductList
          key={query}
          page={found}
          pageOf={pageOf}
          hrefAfter={(cursor) =>
            `${path('/search')}?q=${encodeURIComponent(query)}&after=${encodeURIComponent(cursor)}`
          }
        />
      )}
    </div>
  )
}

function pageOf(loaderData: unknown): ProductPage | null {
  return (loaderData as Route.ComponentProps['loaderData'] | undefined)?.found ?? null
}
