// Stripe's card form in the browser. Loaded only where Stripe takes the card; its script comes from Stripe's own host, as
// its rules for cards want it, and is allowed by the page's policy by that host.
import type { PaymentIntentResult, Stripe, StripeElementLocale, StripeElements } from '@stripe/stripe-js'
import { loadStripe } from '@stripe/stripe-js/pure'
import { stripeAppearance } from './stripe-appearance.ts'

/** How giving a card ended. `stale`: this attempt is over at Stripe, another has to be begun. */
export type CardAnswer =
  { kind: 'paid' } | { kind: 'refused'; reason: string } | { kind: 'stale' } | { kind: 'lost' }

export interface StripeForm {
  /** Gives the card to Stripe. When a bank wants to see the shopper itself, the browser leaves for it. */
  pay(returnUrl: string): Promise<CardAnswer>
  remove(): void
}

/** Opens the form at `place`, ready to type in; rejects when Stripe does not answer or knows nothing of this attempt. */
export async function openStripeForm(
  place: HTMLElement,
  options: { publishableKey: string; clientSecret: string; locale: string },
): Promise<StripeForm> {
  const { publishableKey, clientSecret } = options
  const locale = (options.locale === 'zh-Hans' ? 'zh' : options.locale) as StripeElementLocale
  const stripe = await loadStripe(publishableKey, { locale })
  if (stripe === null) throw new Error('Stripe.js runs in browsers only')
  const elements = stripe.elements({ clientSecret, appearance: stripeAppearance(place), locale })
  const element = elements.create('payment', { layout: 'tabs' })
  const ready = new Promise<void>((resolve, reject) => {
    element.on('ready', () => resolve())
    element.on('loaderror', ({ error }) => reject(new Error(error.message ?? error.type)))
  })
  element.mount(place)
  try {
    await ready
  } catch (error) {
    element.destroy()
    throw error
  }
  return {
    pay: (returnUrl) => pay(stripe, elements, returnUrl),
    remove: () => element.destroy(),
  }
}

async function pay(stripe: Stripe, elements: StripeElements, returnUrl: string): Promise<CardAnswer> {
  const checked = await elements.submit()
  if (checked.error) return { kind: 'refused', reason: checked.error.message ?? '' }
  return answerOf(
    await stripe.confirmPayment({
      elements,
      confirmParams: { return_url: returnUrl },
      redirect: 'if_required',
    }),
  )
}

const taken = ['succeeded', 'processing', 'requires_capture']

function answerOf({ paymentIntent, error }: PaymentIntentResult): CardAnswer {
  const status = (paymentIntent ?? error.payment_intent)?.status ?? ''
  // Also of an error: this attempt was paid before, in another tab or by an answer that was lost.
  if (taken.includes(status)) return { kind: 'paid' }
  switch (error?.type) {
    case 'card_error':
    case 'validation_error':
      return { kind: 'refused', reason: error.message ?? '' }
    case 'invalid_request_error':
      return { kind: 'stale' }
    case undefined:
      return { kind: 'refused', reason: '' }
    default:
      return { kind: 'lost' }
  }
}
