import type { ProductPageQuery } from '#generated/graphql.ts'

type Product = NonNullable<ProductPageQuery['product']>
type JsonLd = Record<string, string | string[] | Record<string, string>>

/** What search engines read of a product, as schema.org says it. */
export function productJsonLd(
  origin: string,
  pathname: string,
  product: Product,
  chosen: Product['variants'][number] | null,
): JsonLd {
  const price = chosen?.price?.current
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.name,
    description: product.description,
    image: product.media.slice(0, 6).map((media) => `${origin}${media.derivatives.at(-1)?.url ?? ''}`),
    brand: { '@type': 'Brand', name: 'Maison' },
    ...(chosen === null ? {} : { sku: chosen.sku }),
    ...(price === undefined
      ? {}
      : {
          offers: {
            '@type': 'Offer',
            url: `${origin}${pathname}`,
            priceCurrency: price.currency,
            price: price.amount,
            availability: `https://schema.org/${chosen?.availability.inStock === true ? 'InStock' : 'OutOfStock'}`,
          },
        }),
  }
}
