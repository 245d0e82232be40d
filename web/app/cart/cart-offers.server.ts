// The codes and the way of delivery that a visitor wants reckoned with, in the visitor's own browser: an HttpOnly cookie for
// a day. Whether they count is said by the quote each time.
import { isUuid } from '#app/forms/is-uuid.ts'
import type { CookieJar } from '#app/session/cookies.server.ts'

export interface CartOffers {
  voucherCodes: string[]
  shippingMethodId: string | null
}

const aDay = 86_400
const mostCodes = 5
const longestCode = 60

export function keepOffers(cookies: CookieJar, offers: CartOffers): void {
  cookies.set('maison_offers', Buffer.from(JSON.stringify(offers)).toString('base64url'), aDay)
}

export function findOffers(cookies: CookieJar): CartOffers {
  try {
    const text = Buffer.from(cookies.get('maison_offers') ?? '', 'base64url').toString()
    const { voucherCodes, shippingMethodId } = JSON.parse(text) as Record<string, unknown>
    return {
      voucherCodes: Array.isArray(voucherCodes) ? voucherCodes.filter(isCode).slice(0, mostCodes) : [],
      shippingMethodId:
        typeof shippingMethodId === 'string' && isUuid(shippingMethodId) ? shippingMethodId : null,
    }
  } catch {
    return { voucherCodes: [], shippingMethodId: null }
  }
}

/** Does what the form asks; false when it asks nothing that can be done. */
export function changeOffers(cookies: CookieJar, form: FormData): boolean {
  const offers = findOffers(cookies)
  const code = form.get('code')
  const methodId = form.get('shippingMethodId')
  switch (form.get('intent')) {
    case 'voucher': {
      if (!isCode(code)) return false
      // As the quote tells it, so that it is one and the same code however it was typed.
      const told = code
        .normalize('NFKC')
        .replace(/[\s\p{Dash}]/gu, '')
        .toUpperCase()
      const others = offers.voucherCodes.filter((each) => each !== told)
      keepOffers(cookies, { ...offers, voucherCodes: [told, ...others].slice(0, mostCodes) })
      return true
    }
    case 'drop-voucher':
      keepOffers(cookies, { ...offers, voucherCodes: offers.voucherCodes.filter((each) => each !== code) })
      return true
    case 'delivery':
      if (typeof methodId !== 'string' || !isUuid(methodId)) return false
      keepOffers(cookies, { ...offers, shippingMethodId: methodId })
      return true
    default:
      return false
  }
}

function isCode(value: unknown): value is string {
  return (
    typeof value === 'string' && value.trim() !== '' && value.length <= longestCode && value.isWellFormed()
  )
}
