// Where it goes, an address or a boutique, between two steps of the checkout, in the shopper's own browser: an HttpOnly cookie for an hour. The house
// keeps no address of an order that is not placed.
import type { CookieJar } from '#app/session/cookies.server.ts'
import { readAddress, type Address } from './address-form.ts'
import { type PickUp, readPickUp } from './pick-up-form.ts'

const anHour = 3_600

export function keepAddress(cookies: CookieJar, address: Address): void {
  cookies.set('maison_checkout', Buffer.from(JSON.stringify(address)).toString('base64url'), anHour)
  cookies.forget('maison_collect')
}

/** The kept address when it is whole and goes to one of these countries; null otherwise. */
export function findKeptAddress(cookies: CookieJar, countries: readonly string[]): Address | null {
  const text = cookies.get('maison_checkout')
  if (text === null) return null
  try {
    const kept = JSON.parse(Buffer.from(text, 'base64url').toString()) as Partial<Address> | null
    const fields = new Map<string, unknown>(
      Object.entries({ ...kept, line1: kept?.lines?.[0], line2: kept?.lines?.[1] }),
    )
    const result = readAddress(fields, countries)
    return 'address' in result ? result.address : null
  } catch {
    return null
  }
}

export function keepPickUp(cookies: CookieJar, pickUp: PickUp): void {
  cookies.set('maison_collect', Buffer.from(JSON.stringify(pickUp)).toString('base64url'), anHour)
}

/** The kept boutique when it is one of these; null when the order is sent. */
export function findKeptPickUp(cookies: CookieJar, shopIds: readonly string[]): PickUp | null {
  const text = cookies.get('maison_collect')
  if (text === null) return null
  try {
    const kept: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    const fields = new Map<string, unknown>(Object.entries(kept ?? {}))
    const pickUp = readPickUp(fields, shopIds)
    return 'pickUp' in pickUp ? pickUp.pickUp : null
  } catch {
    return null
  }
}
