// What an address needs in each country the house delivers to, and whether a given one has it. The house's API decides in
// the end; this tells the shopper at the field, before anything is sent on.
import type { MessageId } from '#app/messages/en.ts'

export type AddressField = 'name' | 'line1' | 'line2' | 'city' | 'region' | 'postalCode' | 'phone'

interface AddressFieldRule {
  field: AddressField
  label: MessageId
  autoComplete: string
  isRequired: boolean
  maxLength: number
  /** Half of the row beside its neighbour. */
  isShort?: boolean
}

export interface Address {
  name: string
  lines: string[]
  city: string
  region: string | null
  postalCode: string | null
  country: string
  phone: string | null
}

export type AddressErrors = Partial<Record<AddressField | 'country', MessageId>>

const name: AddressFieldRule = {
  field: 'name',
  label: 'checkout.name',
  autoComplete: 'shipping name',
  isRequired: true,
  maxLength: 120,
}
const line1: AddressFieldRule = {
  field: 'line1',
  label: 'checkout.line1',
  autoComplete: 'shipping address-line1',
  isRequired: true,
  maxLength: 120,
}
const line2: AddressFieldRule = {
  field: 'line2',
  label: 'checkout.line2',
  autoComplete: 'shipping address-line2',
  isRequired: false,
  maxLength: 120,
}
const city: AddressFieldRule = {
  field: 'city',
  label: 'checkout.city',
  autoComplete: 'shipping address-level2',
  isRequired: true,
  maxLength: 80,
  isShort: true,
}
const phone: AddressFieldRule = {
  field: 'phone',
  label: 'checkout.phone',
  autoComplete: 'shipping tel',
  isRequired: false,
  maxLength: 30,
}
const postal = (label: MessageId = 'checkout.postal-code'): AddressFieldRule => ({
  field: 'postalCode',
  label,
  autoComplete: 'shipping postal-code',
  isRequired: true,
  maxLength: 20,
  isShort: true,
})
const region = (label: MessageId): AddressFieldRule => ({
  field: 'region',
  label,
  autoComplete: 'shipping address-level1',
  isRequired: true,
  maxLength: 60,
  isShort: true,
})

const european = [name, line1, line2, postal(), city, phone]
const fieldsByCountry: Readonly<Record<string, readonly AddressFieldRule[]>> = {
  GB: [name, line1, line2, city, postal(), phone],
  US: [name, line1, line2, city, region('checkout.region'), postal('checkout.zip'), phone],
  JP: [name, postal(), region('checkout.prefecture'), city, line1, line2, phone],
  CN: [name, region('checkout.province'), city, line1, line2, postal(), phone],
}

const postalByCountry: Readonly<Record<string, RegExp>> = {
  FR: /^\d{5}$/,
  MC: /^980\d{2}$/,
  BE: /^\d{4}$/,
  LU: /^(L-)?\d{4}$/i,
  AT: /^\d{4}$/,
  DE: /^\d{5}$/,
  GB: /^[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}$/i,
  US: /^\d{5}(-\d{4})?$/,
  JP: /^\d{3}-?\d{4}$/,
  CN: /^\d{6}$/,
}

/** The fields of a country's address in the order that people write them. */
export function addressFields(country: string): readonly AddressFieldRule[] {
  return fieldsByCountry[country] ?? european
}

// What no database keeps: control characters and halves of characters.
const unkeepable = /[\p{Cc}\p{Cs}]/u

/** The address in a form, or what is missing in it, per field. */
export function readAddress(
  form: { get(name: string): unknown },
  countries: readonly string[],
): { address: Address } | { errors: AddressErrors } {
  const text = (field: string) => {
    const value = form.get(field)
    return typeof value === 'string' ? value.trim() : ''
  }
  const country = text('country')
  if (!countries.includes(country)) return { errors: { country: 'checkout.required' } }
  const errors: AddressErrors = {}
  for (const rule of addressFields(country)) {
    const value = text(rule.field)
    if (rule.isRequired && value === '') errors[rule.field] = 'checkout.required'
    else if ([...value].length > rule.maxLength || unkeepable.test(value))
      errors[rule.field] = 'checkout.bad-text'
  }
  const postalCode = toHalfWidth(text('postalCode'))
  if (errors.postalCode === undefined && postalByCountry[country]?.test(postalCode) === false)
    errors.postalCode = 'checkout.bad-postal'
  if (Object.keys(errors).length > 0) return { errors }
  const isAsked = (field: AddressField) => addressFields(country).some((rule) => rule.field === field)
  return {
    address: {
      name: text('name'),
      lines: [text('line1'), text('line2')].filter((line) => line !== ''),
      city: text('city'),
      region: isAsked('region') ? text('region') : null,
      postalCode: postalCode === '' ? null : postalCode,
      country,
      phone: text('phone') === '' ? null : toHalfWidth(text('phone')),
    },
  }
}

/** Japanese keyboards write ０１２ and －; a postal code is the same in both. */
function toHalfWidth(text: string): string {
  return text.normalize('NFKC').replace(/[‐-―−ー]/g, '-')
}
