import { useI18n } from '#app/i18n/use-i18n.ts'
import type { TillProductsFragment } from '#generated/graphql.ts'

type TillProduct = TillProductsFragment['nodes'][number]

interface PieceGridProps {
  products: readonly TillProduct[]
  onChoose: (product: { slug: string; name: string }) => void
}

/** What is sold, to be touched. */
export function PieceGrid({ products, onChoose }: PieceGridProps) {
  const { price } = useI18n()
  return (
    <ul className="till-grid">
      {products.map((product) => {
        const { derivatives, placeholderColor } = product.media[0] ?? {
          derivatives: [],
          placeholderColor: '#eae8e3',
        }
        const picture = derivatives.find((one) => one.width >= 300) ?? derivatives.at(-1)
        const range = product.priceRange
        return (
          <li key={product.id}>
            <button
              type="button"
              className="till-tile"
              onClick={() => {
                onChoose(product)
              }}
            >
              <span className="till-tile-picture" style={{ backgroundColor: placeholderColor }}>
                {picture === undefined ? null : (
                  <img src={picture.url} alt="" loading="lazy" decoding="async" />
                )}
              </span>
              <span className="till-tile-name">{product.name}</span>
              {range === null ? null : (
                <span className="soft small number">
                  {range.min.amount === range.max.amount ? price(range.min) : `From ${price(range.min)}`}
                </span>
              )}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
