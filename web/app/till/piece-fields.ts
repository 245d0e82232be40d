import { graphql } from '#generated/gql.ts'
import type { TillPieceFragment } from '#generated/graphql.ts'
import type { TillPiece } from './sale.ts'

/** What the till needs of a variant; every document that uses it has `$market`. */
graphql(`
  fragment TillPiece on ProductVariant {
    id
    sku
    product {
      id
      name
      media(first: 1) {
        id
        placeholderColor
        derivatives {
          url
          width
        }
      }
    }
    options {
      option
      valueName
    }
    media {
      id
      placeholderColor
      derivatives {
        url
        width
      }
    }
    price(market: $market) {
      current {
        currency
        minorUnits
        amount
      }
    }
  }
`)

/** As the till sells it; null where it has no price. */
export function toTillPiece(variant: TillPieceFragment): TillPiece | null {
  if (variant.price === null) return null
  const media = variant.media ?? variant.product.media[0]
  const picture = media?.derivatives.find((one) => one.width >= 200) ?? media?.derivatives.at(-1)
  return {
    variantId: variant.id,
    sku: variant.sku,
    name: variant.product.name,
    label: variant.options.map((option) => option.valueName).join(', '),
    price: variant.price.current,
    imageUrl: picture?.url ?? null,
    color: media?.placeholderColor ?? '#eae8e3',
  }
}
