import { randomUUID } from 'node:crypto'
import { data, useSearchParams } from 'react-router'
import { execute } from '#app/graphql/execute.server.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { AddToBag } from '#app/product/add-to-bag.tsx'
import { chooseVariant } from '#app/product/choose-variant.ts'
import { picturesOf } from '#app/product/pictures-of.ts'
import { ProductGallery } from '#app/product/product-gallery.tsx'
import { productJsonLd } from '#app/product/product-json-ld.ts'
import { VariantOptions } from '#app/product/variant-options.tsx'
import { pageMeta } from '#app/store/page-meta.ts'
import { placeOf } from '#app/store/place.server.ts'
import { ProductCard } from '#app/store/product-card.tsx'
import { StoreLink } from '#app/store/store-link.tsx'
import { ReducedPrice } from '#app/store/reduced-price.tsx'
import { useStore } from '#app/store/use-store.ts'
import { graphql } from '#generated/gql.ts'
import type { ProductPageQuery } from '#generated/graphql.ts'
import type { Route } from './+types/product'
import './product.css'

const ProductPage = graphql(`
  query ProductPage($slug: String!, $locale: String!, $market: ID!) {
    product(slug: $slug) {
      id
      slug
      name(locale: $locale)
      description(locale: $locale)
      details(locale: $locale)
      category
      options {
        code
        name(locale: $locale)
        values {
          code
          name(locale: $locale)
          swatch
        }
      }
      media {
        ...MediaFields
      }
      variants {
        id
        sku
        options {
          option
          value
        }
        media {
          id
        }
        price(market: $market) {
          current {
            currency
            amount
          }
          compareAt {
            currency
            amount
          }
          reductions {
            name(locale: $locale)
          }
        }
        availability(market: $market) {
          inStock
          quantity
          isLow
        }
      }
      collections {
        id
        slug
        name(locale: $locale)
        products(market: $market, first: 5) {
          nodes {
            ...ProductCard
          }
        }
      }
    }
  }
`)

type Variant = NonNullable<ProductPageQuery['product']>['variants'][number]

export const meta: Route.MetaFunction = ({ loaderData, matches, location }) => {
  const store = matches[1].loaderData
  const { product } = loaderData
  const image = product.media[0]?.derivatives.at(-1)?.url
  const chosen = chooseVariant(product.variants, new URLSearchParams(location.search).get('variant'))
  return [
    ...pageMeta(store, {
      title: `${product.name} · Maison`,
      description: product.description,
      path: `/products/${product.slug}`,
      image,
    }),
    { 'script:ld+json': productJsonLd(store.origin, location.pathname, product, chosen) },
  ]
}

export async function loader({ params, context }: Route.LoaderArgs) {
  const { locale, market } = placeOf(params)
  const { product } = await execute(context, ProductPage, { slug: params.slug, locale, market })
  if (product === null) throw data(null, { status: 404 })
  return { product, idempotencyKey: randomUUID() }
}

export default function ProductView({ loaderData }: Route.ComponentProps) {
  const { t } = useI18n()
  const { product, idempotencyKey } = loaderData
  const [search] = useSearchParams()
  const chosen = chooseVariant(product.variants, search.get('variant'))
  const collection = product.collections.find((each) => each.products.nodes.length > 1)
  const others = collection?.products.nodes.filter((each) => each.id !== product.id).slice(0, 4) ?? []
  return (
    <div className="product-page">
      <div className="product">
        <ProductGallery
          key={chosen?.media?.id}
          name={product.name}
          pictures={picturesOf(product.media, product.variants, chosen)}
        />
        <div className="product-side">
          <div className="product-text">
            <header className="stack product-head">
              <h1>{product.name}</h1>
              {chosen === null ? null : <VariantPrice variant={chosen} />}
            </header>
            {chosen === null ? null : (
              <>
                {product.variants.length < 2 ? null : (
                  <VariantOptions options={product.options} variants={product.variants} chosen={chosen} />
                )}
                <Purchase variant={chosen} idempotencyKey={idempotencyKey} />
              </>
            )}
            <div className="product-story">
              {product.description.split(/\n\s*\n/).map((paragraph, index) => (
                <p key={index}>{paragraph}</p>
              ))}
            </div>
            {product.details === '' ? null : (
              <details className="product-details" open>
                <summary>{t('product.details')}</summary>
                <ul>
                  {product.details.split('\n').map((line, index) => (
                    <li key={index}>{line}</li>
                  ))}
                  {chosen === null ? null : <li className="soft">{t('product.sku', { sku: chosen.sku })}</li>}
                </ul>
              </details>
            )}
          </div>
        </div>
      </div>
      {collection === undefined || others.length === 0 ? null : (
        <section className="wrap product-others" aria-labelledby="others">
          <header className="row row-apart">
            <h2 id="others" className="title-m">
              {t('product.also')}
            </h2>
            <StoreLink to={`/collections/${collection.slug}`}>{collection.name}</StoreLink>
          </header>
          <div className="card-grid">
            {others.map((other) => (
              <ProductCard
                key={other.id}
                product={other}
                heading="h3"
                sizes="(min-width: 60rem) 23vw, 46vw"
              />
            ))}
          </div>
        </section>
      )}
    </div>
  )
}

function VariantPrice({ variant }: { variant: Variant }) {
  const { t } = useI18n()
  const { market } = useStore()
  if (variant.price === null) return <p>{t('product.not-sold-here')}</p>
  const { current, compareAt, reductions } = variant.price
  return (
    <>
      <p className="product-price number">
        <ReducedPrice current={current} compareAt={compareAt} />{' '}
        <span className="soft small">
          {t(market.pricesIncludeTax ? 'product.tax-included' : 'product.tax-excluded')}
        </span>
      </p>
      {reductions.length === 0 ? null : (
        <p className="small soft">{reductions.map(({ name }) => name).join(' · ')}</p>
      )}
    </>
  )
}

function Purchase({ variant, idempotencyKey }: { variant: Variant; idempotencyKey: string }) {
  const { t } = useI18n()
  const { inStock, isLow, quantity } = variant.availability
  if (variant.price === null) return null
  if (!inStock) {
    return (
      <button type="button" className="button button-wide" disabled>
        {t('product.sold-out')}
      </button>
    )
  }
  return (
    <div className="stack" style={{ '--gap': 'var(--space-3)' }}>
      <AddToBag variantId={variant.id} idempotencyKey={idempotencyKey} />
      <p className={isLow ? 'small product-low' : 'small soft'}>
        {isLow ? t('product.low', { count: quantity }) : t('product.in-stock')}
      </p>
    </div>
  )
}
