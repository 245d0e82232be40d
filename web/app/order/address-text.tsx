import { useI18n } from '#app/i18n/use-i18n.ts'
import { graphql } from '#generated/gql.ts'
import type { AddressFieldsFragment } from '#generated/graphql.ts'

graphql(`
  fragment AddressFields on OrderAddress {
    name
    lines
    city
    region
    postalCode
    country
  }
`)

/** An address the way its own country writes it: from the large to the small in Japan and China. */
export function AddressText({ address }: { address: AddressFieldsFragment }) {
  const { locale } = useI18n()
  const country = new Intl.DisplayNames(locale, { type: 'region' }).of(address.country) ?? address.country
  const { name, lines, city, region, postalCode } = address
  const isLargeFirst = address.country === 'JP' || address.country === 'CN'
  const parts = isLargeFirst
    ? [postalCode, [region, city].filter(Boolean).join(' '), ...lines, name, country]
    : [
        name,
        ...lines,
        address.country === 'US' || address.country === 'GB'
          ? [city, region, postalCode].filter(Boolean).join(' ')
          : [postalCode, city].filter(Boolean).join(' '),
        country,
      ]
  return (
    <address style={{ fontStyle: 'normal' }}>
      {parts.filter(Boolean).map((part, index) => (
        <span key={index} style={{ display: 'block' }}>
          {part}
        </span>
      ))}
    </address>
  )
}
