import type { BrowserContext, Route } from 'playwright-core'
import type { StripeStandIn } from '#subgraphs/payments/providers/stripe-stand-in/start-stripe-stand-in.ts'

// What Stripe's script does in a page, as far as a card needs it: a frame of Stripe's own that the number is typed into,
// and the answer of Stripe's API. The real hosts are named, so that a policy that forbids one of them fails here too.
const script = `
window.Stripe = (key) => {
  let card = ''
  let secret = ''
  addEventListener('message', (event) => {
    if (event.origin === 'https://js.stripe.com') card = event.data.replaceAll(' ', '')
  })
  return {
    elements: (options) => {
      secret = options.clientSecret
      window.stripeWasTold = { key, secret, locale: options.locale, ink: options.appearance.variables.colorText }
      return {
        create: (type) => {
          const frame = document.createElement('iframe')
          const heard = {}
          return {
            on: (name, hear) => { heard[name] = hear },
            mount: (place) => {
              frame.title = 'Secure ' + type + ' input frame'
              frame.src = 'https://js.stripe.com/frame.html'
              frame.onload = () => heard.ready()
              place.append(frame)
            },
            destroy: () => frame.remove(),
          }
        },
        submit: async () =>
          card === '' ? { error: { type: 'validation_error', message: 'Your card number is incomplete.' } } : {},
      }
    },
    confirmPayment: async ({ confirmParams, redirect }) => {
      window.stripeWasTold.returnUrl = confirmParams.return_url
      window.stripeWasTold.redirect = redirect
      const intent = 'https://api.stripe.com/v1/payment_intents/' + secret.split('_secret_')[0]
      const body = new URLSearchParams({
        key,
        client_secret: secret,
        return_url: confirmParams.return_url,
        'payment_method_data[card][number]': card,
      })
      const response = await fetch(intent + '/confirm', { method: 'POST', body })
      const answer = await response.json()
      if (answer.status === 'requires_action') {
        location.href = answer.next_action.redirect_to_url.url
        return new Promise(() => {})
      }
      return response.ok ? { paymentIntent: answer } : { error: answer.error }
    },
  }
}
window.Stripe.version = 'endive'
`

const frame = `<!doctype html><title>Card</title><label>Card number <input id="number" inputmode="numeric"></label>
<script>number.oninput = () => parent.postMessage(number.value, '*')</script>`

/** Answers for Stripe's hosts in a browser that cannot reach them. */
export async function standInForStripe(context: BrowserContext, stripe: StripeStandIn): Promise<void> {
  await context.route('https://js.stripe.com/**', async (route) => {
    const isScript = new URL(route.request().url()).pathname.endsWith('/stripe.js')
    await route.fulfill(
      isScript ? { contentType: 'text/javascript', body: script } : { contentType: 'text/html', body: frame },
    )
  })
  await context.route('https://hooks.stripe.com/**', (route) => actAsBank(route, stripe))
  await context.route('https://api.stripe.com/**', (route) => passOn(route, stripe))
}

/** The bank's page with its two answers, and the way back to the house that each of them ends with. */
async function actAsBank(route: Route, stripe: StripeStandIn): Promise<void> {
  const { pathname } = new URL(route.request().url())
  const [reference = '', answer] = pathname.replace('/redirect/authenticate/', '').split('/')
  if (answer === undefined) {
    const links = ['approve', 'refuse'].map((word) => `<a href="${pathname}/${word}">${word}</a>`)
    await route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>Bank</title>${links.join(' ')}`,
    })
    return
  }
  if (answer === 'approve') stripe.succeed(reference)
  else stripe.decline(reference, 'payment_intent_authentication_failure', null)
  const back = new URL(stripe.books.intents.get(reference)?.returnUrl ?? '')
  back.searchParams.set('payment_intent', reference)
  back.searchParams.set('redirect_status', answer === 'approve' ? 'succeeded' : 'failed')
  const script = `<!doctype html><script>location.replace(${JSON.stringify(back.href)})</script>`
  await route.fulfill({ contentType: 'text/html', body: script })
}

async function passOn(route: Route, stripe: StripeStandIn): Promise<void> {
  const request = route.request()
  const answer = await fetch(`${stripe.url}${new URL(request.url()).pathname}`, {
    method: request.method(),
    body: request.postData() ?? '',
  })
  await route.fulfill({
    status: answer.status,
    contentType: 'application/json',
    headers: { 'access-control-allow-origin': '*' },
    body: await answer.text(),
  })
}

/** Tells the house what became of an attempt, as Stripe does; resolves to the house's answer. */
export async function sendStripeEvent(
  stripe: StripeStandIn,
  options: { houseUrl: string; secret: string; reference: string; type: string },
): Promise<number> {
  const { houseUrl, secret, reference, type } = options
  const { body, headers } = stripe.webhook(reference, type, [secret])
  const response = await fetch(`${houseUrl}/webhooks/stripe`, {
    method: 'POST',
    headers,
    body: new Uint8Array(body),
  })
  return response.status
}
