import { ReducedPrice } from '#app/store/reduced-price.tsx'
import { graphql } from '#generated/gql.ts'
import type { PromotionPreviewFieldsFragment } from '#generated/graphql.ts'

graphql(`
  fragment PromotionPreviewFields on PromotionPreview {
    variants {
      variant {
        id
        sku
        product {
          name
        }
      }
      before {
        current {
          currency
          amount
        }
      }
      after {
        current {
          currency
          amount
        }
        compareAt {
          currency
          amount
        }
      }
    }
  }
`)

/** What a product's variants cost now, and would cost with the promotion as it stands in the form. */
export function PromotionPreview({ preview }: { preview: PromotionPreviewFieldsFragment }) {
  const [first] = preview.variants
  if (first === undefined) return <p role="status">This product is not sold in that market.</p>
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Preview">
      <table className="table">
        <caption role="status">{first.variant.product.name}, if the promotion held now</caption>
        <thead>
          <tr>
            <th scope="col">Article</th>
            <th scope="col" className="table-number">
              Now
            </th>
            <th scope="col" className="table-number">
              With the promotion
            </th>
          </tr>
        </thead>
        <tbody>
          {preview.variants.map(({ variant, before, after }) => (
            <tr key={variant.id}>
              <td>{variant.sku}</td>
              <td className="table-number">
                <ReducedPrice current={before.current} compareAt={null} />
              </td>
              <td className="table-number">
                <ReducedPrice current={after.current} compareAt={after.compareAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
