import { useFetcher } from 'react-router'
import { Badge } from '#app/design/badge.tsx'
import { Notice } from '#app/design/notice.tsx'
import { AddressText } from '#app/order/address-text.tsx'
import { graphql } from '#generated/gql.ts'
import type { DeliveryStatus, ParcelFragment } from '#generated/graphql.ts'
import type { action } from './deliveries.tsx'
import { deliveryStates, deliverySteps } from './delivery-steps.ts'

graphql(`
  fragment Parcel on Delivery {
    id
    orderNumber
    status
    pieces
    requestedAt
    deliveredAt
    nextStatuses
    address {
      ...AddressFields
      phone
    }
  }
`)

const tones: Partial<Record<DeliveryStatus, 'good' | 'careful' | 'bad'>> = {
  DELIVERED: 'good',
  OUT_FOR_DELIVERY: 'careful',
  ATTEMPTED_DELIVERY: 'careful',
  FAILURE: 'bad',
}

/** One parcel: where it goes, and the steps that are allowed now. */
export function Parcel({ parcel }: { parcel: ParcelFragment }) {
  const fetcher = useFetcher<typeof action>()
  const isPending = fetcher.state !== 'idle'
  const { address } = parcel
  const map = address
    ? [...address.lines, address.postalCode, address.city, address.country].filter(Boolean).join(', ')
    : ''
  return (
    <article className="courier-parcel" aria-label={`Parcel ${parcel.orderNumber}`}>
      <p className="row row-apart">
        <Badge tone={tones[parcel.status] ?? 'plain'}>{deliveryStates[parcel.status]}</Badge>
        <span className="soft small number">{parcel.orderNumber}</span>
      </p>
      {address ? (
        <div className="courier-address">
          <AddressText address={address} />
        </div>
      ) : null}
      <p className="soft">{parcel.pieces === 1 ? '1 piece' : `${parcel.pieces} pieces`}</p>
      {parcel.nextStatuses.length === 0 ? null : (
        <>
          <p className="row" style={{ '--gap': 'var(--space-5)' }}>
            <a className="courier-link" href={`geo:0,0?q=${encodeURIComponent(map)}`}>
              Find the way
            </a>
            {address?.phone ? (
              <a className="courier-link" href={`tel:${address.phone.replaceAll(/[^+\d]/g, '')}`}>
                Call
              </a>
            ) : null}
          </p>
          {fetcher.data?.problem ? <Notice tone="bad">{fetcher.data.problem}</Notice> : null}
          <fetcher.Form method="post" className="courier-steps" key={parcel.status}>
            <input type="hidden" name="delivery" value={parcel.id} />
            {parcel.nextStatuses.map((status, index) => (
              <button
                key={status}
                name="status"
                value={status}
                disabled={isPending}
                className={index === 0 ? 'button button-primary button-wide' : 'button button-wide'}
                data-pending={isPending && fetcher.formData?.get('status') === status ? 'true' : undefined}
              >
                {deliverySteps[status]}
              </button>
            ))}
          </fetcher.Form>
        </>
      )}
    </article>
  )
}
