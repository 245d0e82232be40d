import { Link } from 'react-router'
import { Badge } from '#app/design/badge.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { AddressText } from '#app/order/address-text.tsx'
import { Instant } from '#app/staff/instant.tsx'
import { toWords } from '#app/staff/to-words.ts'
import { graphql } from '#generated/gql.ts'
import type { SupportOrderFragment } from '#generated/graphql.ts'

graphql(`
  fragment SupportOrder on Order {
    id
    number
    status
    chargeStatus
    channel
    placedAt
    expiresAt
    market {
      id
    }
    shop {
      id
      name
    }
    customer {
      id
      email
      givenName
      familyName
      isGuest
    }
    lines {
      id
      name
      optionsLabel
      sku
      quantity
      total {
        currency
        amount
      }
    }
    shipping {
      currency
      amount
    }
    tax {
      currency
      amount
    }
    total {
      currency
      amount
    }
    shippingAddress {
      ...AddressFields
      phone
    }
    deliveries {
      id
      status
      requestedAt
      deliveredAt
    }
    transactions {
      id
      kind
      provider
      pspReference
      status
      failureReason
      failureCode
      createdAt
      amount {
        currency
        amount
      }
      events {
        id
        type
        message
        at
        amount {
          currency
          amount
        }
      }
    }
  }
`)

const transactionTones = { CHARGED: 'good', AUTHORIZED: 'good', FAILED: 'bad', CANCELED: 'bad' } as const

/** The order's facts. What is personal is folded away until somebody needs it. */
export function OrderSide({ order }: { order: SupportOrderFragment }) {
  const { money } = useI18n()
  const { customer, shippingAddress } = order
  return (
    <aside className="support-side">
      <section>
        <h2>Pieces</h2>
        <ul className="support-lines">
          {order.lines.map((line) => (
            <li key={line.id}>
              <span>
                {line.quantity > 1 ? `${line.quantity} × ` : ''}
                {line.name}
                <br />
                <span className="soft small">
                  {[line.optionsLabel, line.sku].filter((text) => text !== '').join(' · ')}
                </span>
              </span>
              <span className="number">{money(line.total)}</span>
            </li>
          ))}
        </ul>
        <dl className="facts">
          <dt>Delivery</dt>
          <dd className="number">{money(order.shipping)}</dd>
          <dt>Tax</dt>
          <dd className="number">{money(order.tax)}</dd>
          <dt className="facts-total">Total</dt>
          <dd className="facts-total number">{money(order.total)}</dd>
        </dl>
      </section>
      <section>
        <h2>Payments</h2>
        {order.transactions.length === 0 ? <p className="soft">Nobody tried to pay it yet.</p> : null}
        {order.transactions.map((one) => (
          <div key={one.id} className="support-payment">
            <p className="row row-apart">
              <Badge
                tone={
                  one.status in transactionTones
                    ? transactionTones[one.status as keyof typeof transactionTones]
                    : 'careful'
                }
              >
                {toWords(one.status)}
              </Badge>
              <span className="number">{money(one.amount)}</span>
            </p>
            {one.failureReason === null ? null : (
              <p>
                {one.failureReason} <code>{one.failureCode}</code>
              </p>
            )}
            <p className="soft small">
              {toWords(one.kind)}, {one.provider}
              {one.pspReference === null ? null : <code> {one.pspReference}</code>}
            </p>
            <Link to={`/support/payments/${one.id}`}>Its money</Link>
          </div>
        ))}
      </section>
      {order.deliveries.length === 0 ? null : (
        <section>
          <h2>Parcels</h2>
          {order.deliveries.map((delivery) => (
            <p key={delivery.id} className="row row-apart">
              <Badge
                tone={
                  delivery.status === 'DELIVERED' ? 'good' : delivery.status === 'FAILURE' ? 'bad' : 'careful'
                }
              >
                {toWords(delivery.status)}
              </Badge>
              <Instant at={delivery.deliveredAt ?? delivery.requestedAt} />
            </p>
          ))}
        </section>
      )}
      <section>
        <h2>Made</h2>
        <dl className="facts">
          <dt>Where</dt>
          <dd>{order.shop?.name ?? (order.channel === 'WEB' ? 'Web' : 'Phone')}</dd>
          <dt>Market</dt>
          <dd>{order.market.id}</dd>
          <dt>Placed</dt>
          <dd>
            <Instant at={order.placedAt} />
          </dd>
          {order.expiresAt === null ? null : (
            <>
              <dt>Held until</dt>
              <dd>
                <Instant at={order.expiresAt} />
              </dd>
            </>
          )}
        </dl>
      </section>
      <section>
        <h2>Customer</h2>
        {customer === null ? (
          <p className="soft">An anonymous sale.</p>
        ) : (
          <details>
            <summary>{customer.isGuest ? 'Show the guest' : 'Show the person'}</summary>
            <p>
              {[customer.givenName, customer.familyName].filter(Boolean).join(' ')}
              <br />
              {customer.email}
            </p>
            {shippingAddress === null ? null : <AddressText address={shippingAddress} />}
            {shippingAddress?.phone ? <p>{shippingAddress.phone}</p> : null}
          </details>
        )}
      </section>
    </aside>
  )
}
