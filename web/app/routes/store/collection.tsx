import { data } from 'react-router'
import { Picture } from '#app/design/picture.tsx'
import { execute } from '#app/graphql/execute.server.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { pageMeta } from '#app/store/page-meta.ts'
import { placeOf } from '#app/store/place.server.ts'
import { ProductList, type ProductPage } from '#app/store/product-list.tsx'
import { useStorePath } from '#app/store/use-store.ts'
import { graphql } from '#generated/gql.ts'
import type { Route } from './+types/collection'
import './collection.css'

const CollectionPage = graphql(`
  query CollectionPage($slug: String!, $locale: String!, $market: ID!, $after: String) {
    collection(slug: $slug) {
      id
      slug
      name(locale: $locale)
      description(locale: $locale)
      hero {
        ...MediaFields
      }
      products(market: $market, first: 24, after: $after) {
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
  }
`)

export const meta: Route.MetaFunction = ({ loaderData, matches }) => {
  const { collection } = loaderData
  return pageMeta(matches[1].loaderData, {
    title: `${collection.name} · Maison`,
    description: collection.description,
    path: `/collections/${collection.slug}`,
    image: collection.hero?.derivatives.at(-1)?.url,
  })
}

export async function loader({ params, context, request }: Route.LoaderArgs) {
  const { locale, market } = placeOf(params)
  const after = new URL(request.url).searchParams.get('after')
  const { collection } = await execute(context, CollectionPage, { slug: params.slug, locale, market, after })
  if (collection === null) throw data(null, { status: 404 })
  return { collection, isStart: after === null }
}

export default function CollectionView({ loaderData }: Route.ComponentProps) {
  const { t } = useI18n()
  const path = useStorePath()
  const { collection, isStart } = loaderData
  const { products, hero } = collection
  return (
    <>
      {hero === null || !isStart ? null : (
        <Picture media={hero} sizes="100vw" isFirst className="collection-hero" alt="" />
      )}
      <div className="wrap">
        <header className="page-head collection-head">
          <h1>{collection.name}</h1>
          <p>{collection.description}</p>
          <p className="soft small number">{t('list.count', { count: products.totalCount })}</p>
        </header>
        {products.nodes.length === 0 ? (
          <div className="empty">
            <h2>{t('list.empty-title')}</h2>
            <p>{t('list.empty-text')}</p>
          </div>
        ) : (
          <ProductList
            key={collection.id}
            page={products}
            pageOf={pageOf}
            hrefAfter={(cursor) =>
              `${path(`/collections/${collection.slug}`)}?after=${encodeURIComponent(cursor)}`
            }
          />
        )}
      </div>
    </>
  )
}

function pageOf(loaderData: unknown): ProductPage | null {
  return (loaderData as Route.ComponentProps['loaderData'] | undefined)?.collection.products ?? null
}
