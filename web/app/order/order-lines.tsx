import { useI18n } from '#app/i18n/use-i18n.ts'
import { graphql } from '#generated/gql.ts'
import type { OrderSummaryFragment } from '#generated/graphql.ts'
import './order.css'

graphql(`
  fragment OrderSummary on Order {
    id
    number
    status
    placedAt
    expiresAt
    lines {
      id
      name
      optionsLabel
      imageUrl
      quantity
      total {
        currency
        amount
      }
    }
    subtotal {
      currency
      amount
    }
    shipping {
      currency
      amount
      minorUnits
    }
    tax {
      currency
      amount
    }
    total {
      currency
      amount
    }
  }
`)

/** What was bought and what it came to, as it was named and priced then. */
export function OrderLines({ order }: { order: OrderSummaryFragment }) {
  const { t, money } = useI18n()
  return (
    <div className="stack" style={{ '--gap': 'var(--space-5)' }}>
      <ul className="order-lines">
        {order.lines.map((line) => (
          <li key={line.id}>
            <span className="order-line-picture">
              {line.imageUrl === null ? null : (
                <img src={line.imageUrl} alt="" width="80" height="100" loading="lazy" />
              )}
            </span>
            <span>
              {line.name}
              <br />
              <span className="soft small">
                {[line.optionsLabel, t('order.pieces', { count: line.quantity })]
                  .filter((text) => text !== '')
                  .join(' · ')}
              </span>
            </span>
            <span className="number">{money(line.total)}</span>
          </li>
        ))}
      </ul>
      <dl className="facts">
        <dt>{t('cart.subtotal')}</dt>
        <dd className="number">{money(order.subtotal)}</dd>
        <dt>{t('cart.shipping')}</dt>
        <dd className="number">
          {BigInt(order.shipping.minorUnits) === 0n ? t('cart.shipping-free') : money(order.shipping)}
        </dd>
        <dt className="facts-total">{t('cart.total')}</dt>
        <dd className="facts-total number">{money(order.total)}</dd>
      </dl>
    </div>
  )
}
