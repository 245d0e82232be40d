import { Picture } from '#app/design/picture.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { graphql } from '#generated/gql.ts'
import type { ProductCardFragment } from '#generated/graphql.ts'
import { ReducedPrice } from './reduced-price.tsx'
import { StoreLink } from './store-link.tsx'
import './product-card.css'

graphql(`
  fragment ProductCard on Product {
    id
    slug
    name(locale: $locale)
    media(first: 2) {
      ...MediaFields
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
      compareAt {
        currency
        amount
      }
    }
    options {
      code
      values {
        code
        name(locale: $locale)
        swatch
      }
    }
  }
`)

interface ProductCardProps {
  product: ProductCardFragment
  sizes: string
  /** Pictures that are seen without scrolling. */
  isFirst?: boolean
  heading?: 'h2' | 'h3'
}

/** One piece in a list: its picture, its name, its price. The whole of it is one link. */
export function ProductCard({ product, sizes, isFirst = false, heading: Heading = 'h2' }: ProductCardProps) {
  const { t } = useI18n()
  const [front, other] = product.media
  const range = product.priceRange
  const swatches = product.options.flatMap((option) => option.values).filter((value) => value.swatch !== null)
  return (
    <article className="card">
      <div className="card-picture" style={{ backgroundColor: front?.placeholderColor }}>
        {front === undefined ? null : (
          <Picture media={front} sizes={sizes} isFirst={isFirst} alt="" className="card-front" />
        )}
        {other === undefined ? null : <Picture media={other} sizes={sizes} alt="" className="card-other" />}
      </div>
      <div className="card-text">
        <Heading className="card-name">
          <StoreLink to={`/products/${product.slug}`} prefetch="intent">
            {product.name}
          </StoreLink>
        </Heading>
        <p className="card-price number">
          {range === null ? (
            t('product.not-sold-here')
          ) : (
            <ReducedPrice
              current={range.min}
              compareAt={range.compareAt}
              isFrom={range.min.amount !== range.max.amount}
            />
          )}
        </p>
        {swatches.length < 2 ? null : (
          <>
            <p className="visually-hidden">{swatches.map((value) => value.name).join(', ')}</p>
            <ul className="card-swatches" aria-hidden="true">
              {swatches.slice(0, 6).map((value) => (
                <li key={value.code} style={{ backgroundColor: value.swatch ?? undefined }} />
              ))}
            </ul>
          </>
        )}
      </div>
    </article>
  )
}
