import { Picture } from '#app/design/picture.tsx'
import { execute } from '#app/graphql/execute.server.ts'
import { toolsFor, useI18n } from '#app/i18n/use-i18n.ts'
import { pageMeta } from '#app/store/page-meta.ts'
import { placeOf } from '#app/store/place.server.ts'
import { ProductCard } from '#app/store/product-card.tsx'
import { StoreLink } from '#app/store/store-link.tsx'
import { graphql } from '#generated/gql.ts'
import type { HomePageQuery } from '#generated/graphql.ts'
import type { Route } from './+types/home'
import './home.css'

const HomePage = graphql(`
  query HomePage($locale: String!, $market: ID!) {
    collections {
      id
      slug
      name(locale: $locale)
      description(locale: $locale)
      hero {
        ...MediaFields
      }
    }
    collection(slug: "new-arrivals") {
      id
      products(market: $market, first: 8) {
        nodes {
          ...ProductCard
        }
      }
    }
    products(market: $market, first: 8) {
      nodes {
        ...ProductCard
      }
    }
  }
`)

type Collection = HomePageQuery['collections'][number]

export const meta: Route.MetaFunction = ({ params, matches }) => {
  const { t } = toolsFor(params.locale, params.market)
  return pageMeta(matches[1].loaderData, {
    title: t('home.title'),
    description: t('home.description'),
    path: '',
  })
}

export function loader({ params, context }: Route.LoaderArgs) {
  const { locale, market } = placeOf(params)
  return execute(context, HomePage, { locale, market })
}

export default function Home({ loaderData }: Route.ComponentProps) {
  const { t } = useI18n()
  const { collections } = loaderData
  // What the house chose to show as new; a catalogue without such a choice shows the newest.
  const chosen = loaderData.collection?.products.nodes ?? []
  const pieces = chosen.length > 0 ? chosen : loaderData.products.nodes
  const [lead, ...others] = collections
  if (pieces.length === 0) {
    return (
      <div className="wrap">
        <div className="empty">
          <h1>{t('home.empty-title')}</h1>
          <p>{t('home.empty-text')}</p>
        </div>
      </div>
    )
  }
  return (
    <>
      {lead === undefined ? null : <Hero collection={lead} />}
      <section className="wrap home-section" aria-labelledby="new">
        <header className="row row-apart home-section-head">
          <h2 id="new" className="title-m">
            {t('home.new')}
          </h2>
          <StoreLink to={`/collections/${lead?.slug ?? ''}`}>{t('home.new-all')}</StoreLink>
        </header>
        <div className="card-grid">
          {pieces.map((product) => (
            <ProductCard
              key={product.id}
              product={product}
              heading="h3"
              sizes="(min-width: 60rem) 23vw, 46vw"
            />
          ))}
        </div>
      </section>
      {others.length === 0 ? null : <CollectionWall collections={others} />}
    </>
  )
}

function Hero({ collection }: { collection: Collection }) {
  const { t } = useI18n()
  return (
    <section className="hero">
      {collection.hero === null ? null : (
        <Picture media={collection.hero} sizes="100vw" isFirst className="hero-picture" />
      )}
      <div className="wrap hero-text">
        <h1>{t('home.hero-line')}</h1>
        <StoreLink className="button button-primary" to={`/collections/${collection.slug}`}>
          {t('home.hero-action')}
        </StoreLink>
      </div>
    </section>
  )
}

/** Wide and narrow in turn: a wall, not a grid. */
function CollectionWall({ collections }: { collections: readonly Collection[] }) {
  const { t } = useI18n()
  return (
    <section className="wrap home-section" aria-labelledby="collections">
      <h2 id="collections" className="title-m home-section-head">
        {t('home.collections')}
      </h2>
      <ul className="wall">
        {collections.map((collection) => (
          <li key={collection.id}>
            <StoreLink to={`/collections/${collection.slug}`} prefetch="intent">
              {collection.hero === null ? (
                <span className="wall-blank" />
              ) : (
                <Picture media={collection.hero} sizes="(min-width: 48rem) 50vw, 100vw" alt="" />
              )}
              <span className="title-s wall-name">{collection.name}</span>
            </StoreLink>
            <p className="soft wall-text">{collection.description}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
