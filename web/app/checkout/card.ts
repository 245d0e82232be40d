import type { MessageId } from '#app/messages/en.ts'

/** A card on its way to the provider. Never logged, never kept, never sent back to a page. */
export interface Card {
  cardNumber: string
  expiry: string
  cvc: string
}

export type CardErrors = Partial<Record<keyof Card, MessageId>>

/** The card in a form, or what is wrong with it. Whether the card exists and may pay is the provider's to say. */
export function readCard(
  form: { get(name: string): unknown },
  now: Date,
): { card: Card } | { errors: CardErrors } {
  const text = (field: string) => {
    const value = form.get(field)
    return typeof value === 'string' ? value.normalize('NFKC').trim() : ''
  }
  const cardNumber = text('cardNumber').replace(/[\s-]/g, '')
  const cvc = text('cvc')
  const expiry = readExpiry(text('expiry'), now)
  const errors: CardErrors = {
    ...(/^\d{12,19}$/.test(cardNumber) ? {} : { cardNumber: 'checkout.bad-card' as const }),
    ...(expiry === null ? { expiry: 'checkout.bad-expiry' as const } : {}),
    ...(/^\d{3,4}$/.test(cvc) ? {} : { cvc: 'checkout.bad-code' as const }),
  }
  if (expiry === null || Object.keys(errors).length > 0) return { errors }
  return { card: { cardNumber, expiry, cvc } }
}

/** `3/29`, `03 / 29`, `0329`, `03/2029` → `03/29`; null when it is no month or lies behind. */
function readExpiry(text: string, now: Date): string | null {
  const match = /^(\d{1,2})\s*[/-]?\s*(?:20)?(\d{2})$/.exec(text)
  const month = Number(match?.[1])
  const year = 2000 + Number(match?.[2])
  if (match === null || month < 1 || month > 12) return null
  // A card is good to the end of its month, wherever on earth that is last.
  const firstDayAfter = Date.UTC(year, month, 2)
  return firstDayAfter > now.getTime()
    ? `${String(month).padStart(2, '0')}/${String(year % 100).padStart(2, '0')}`
    : null
}
