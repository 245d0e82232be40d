import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type StripeStandIn,
  startStripeStandIn,
} from '#subgraphs/payments/providers/stripe-stand-in/start-stripe-stand-in.ts'
import { stripeData } from '#subgraphs/payments/test/stripe-examples.ts'
import { eventually } from '../door.ts'
import { type HouseProcess, startHouseProcess } from '../house-process.ts'
import { browseAndAdd, fillAddress, readConfirmation } from './buying.ts'
import { inBrowser, type Visit } from './in-browser.ts'
import { english } from './store-words.ts'
import { sendStripeEvent, standInForStripe } from './stripe-page-stub.ts'

// A house of its own that pays with Stripe, and somebody who answers for Stripe on both sides: to payments and to the
// browser. Payments are never asked after, so what confirms an order here is the webhook.

const secret = 'whsec_of_a_test_that_is_long_enough'
const publishableKey = 'pk_test_of_nobody'
const goodCard = '4242 4242 4242 4242'
const declinedCard = '4000 0000 0000 0002'
const bankCard = '4000 0025 0000 3155'

/** A page of every area, none of which takes a card. */
const otherPages = [
  '/en/fr',
  '/en/fr/search?q=silk',
  '/en/fr/cart',
  '/en/fr/checkout',
  '/en/fr/account',
  '/en/fr/sign-in',
  '/en/fr/sign-up',
  '/en/fr/verify',
  '/en/fr/nowhere',
  '/pos',
  '/support',
  '/insights',
  '/courier',
  '/merchandise',
]

inBrowser('a shopper of a house that pays with Stripe', (visit) => {
  describe('and types the card into its form', () => {
    let stripe: StripeStandIn
    let house: HouseProcess

    beforeAll(async () => {
      stripe = await startStripeStandIn(stripeData)
      house = await startHouseProcess('house', {
        STRIPE_SECRET_KEY: 'sk_test_of_nobody',
        STRIPE_WEBHOOK_SECRET: secret,
        STRIPE_PUBLISHABLE_KEY: publishableKey,
        STRIPE_API_URL: stripe.url,
        HOLD_SECONDS: '120',
        PAYMENT_POLL_AFTER_MS: '3600000',
      })
      // It may have to build the store first, beside the house of the other tests.
    }, 240_000)
    afterAll(async () => {
      await house.stop()
      await stripe.close()
    })

    const tell = (type: string) =>
      sendStripeEvent(stripe, { houseUrl: house.url, secret, reference: stripe.created.at(-1)!, type })

    const come = async (options: Parameters<Visit>[0] = {}) => {
      const page = await visit({ ...options, baseURL: house.url })
      await standInForStripe(page.context(), stripe)
      return page
    }

    test('the start says so', () => {
      expect(house.said()).toMatch(/Payments +real: Stripe/)
    })

    test('types a card into Stripe’s frame, and the webhook confirms the order', async () => {
      const page = await come()
      const policy = await reachCard(page)
      expect(await page.evaluate('window.stripeWasTold')).toMatchObject({
        key: publishableKey,
        secret: expect.stringMatching(`^${stripe.created.at(-1)!}_secret_`),
        locale: 'en',
        ink: '#171513',
      })
      const scripts = 'https://js.stripe.com https://*.js.stripe.com'
      expect(directivesOf(policy)).toMatchObject({
        'default-src': "'self'",
        'script-src': expect.stringMatching(
          /^'self' 'nonce-[\w+/=]{22,}' https:\/\/js\.stripe\.com https:\/\/\*\.js\.stripe\.com$/,
        ),
        'connect-src': "'self' https://api.stripe.com",
        'frame-src': `'self' ${scripts} https://hooks.stripe.com`,
        'frame-ancestors': "'none'",
        'form-action': "'self'",
      })
      await giveCard(page, goodCard)
      await page.getByRole('heading', { name: english.waiting }).waitFor()
      expect(await page.evaluate('window.stripeWasTold')).toMatchObject({
        returnUrl: expect.stringMatching(`^${house.url}/en/fr/orders/[0-9a-f-]+/confirmation$`),
        redirect: 'if_required',
      })
      expect(await tell('payment_intent.succeeded')).toBe(200)
      expect(await readConfirmation(page, english)).toMatch(english.orderNumber)
    })

    test('is told of a refused card at its place, and pays the same order with another', async () => {
      const page = await come()
      await reachCard(page)
      const intents = stripe.created.length
      await page.getByRole('button', { name: english.pay }).click()
      await page.getByRole('alert').getByText('Your card number is incomplete.').waitFor()
      await giveCard(page, declinedCard)
      await page.getByRole('alert').getByText('Your card was declined.').waitFor()
      await page.getByRole('timer').waitFor()
      expect(await tell('payment_intent.payment_failed')).toBe(200)
      await giveCard(page, goodCard)
      // The house has heard of the refusal only: it waits, and does not send back who has just paid.
      await page.getByRole('heading', { name: english.waiting }).waitFor()
      await page.waitForResponse((response) => response.url().includes('confirmation.data'))
      await page.getByRole('heading', { name: english.waiting }).waitFor()
      expect(await tell('payment_intent.succeeded')).toBe(200)
      await readConfirmation(page, english)
      expect(stripe.created).toHaveLength(intents)
    })

    test('who loads the page anew after a refusal pays by a new attempt, and the former one is called off', async () => {
      const page = await come()
      await reachCard(page)
      const intents = stripe.created.length
      await giveCard(page, declinedCard)
      await page.getByRole('alert').getByText('Your card was declined.').waitFor()
      await tell('payment_intent.payment_failed')
      await eventually(async () => {
        await openCard(page)
        expect(stripe.created.length).toBe(intents + 1)
      })
      await giveCard(page, goodCard)
      await page.getByRole('heading', { name: english.waiting }).waitFor()
      await tell('payment_intent.succeeded')
      await readConfirmation(page, english)
    })

    test('is told to try again when Stripe’s script does not come', async () => {
      const page = await come()
      await reachCard(page)
      await page.context().route('https://js.stripe.com/**', (route) => route.abort())
      await page.reload()
      await page.getByText('The bank does not answer').waitFor()
      await page.context().unroute('https://js.stripe.com/**')
      await standInForStripe(page.context(), stripe)
      await page.getByRole('link', { name: 'Try again' }).click()
      await giveCard(page, goodCard)
      await page.getByRole('heading', { name: english.waiting }).waitFor()
    })

    test('without a script is told what is missing, before and after ordering', async () => {
      const page = await come({ javaScriptEnabled: false })
      await reachPaymentStep(page)
      await page.locator('noscript p', { hasText: 'which needs JavaScript' }).waitFor()
      await page.getByRole('button', { name: 'Hold the pieces' }).click()
      await page.getByRole('heading', { name: /^Pay order/ }).waitFor()
      await page.locator('noscript p', { hasText: 'which needs JavaScript' }).waitFor()
    })

    test('is sent to the bank and back, and the webhook confirms the order', async () => {
      const page = await come()
      await reachCard(page)
      await giveCard(page, bankCard)
      await page.getByRole('link', { name: 'approve' }).click()
      await page.getByRole('heading', { name: english.waiting }).waitFor()
      expect(await tell('payment_intent.succeeded')).toBe(200)
      await readConfirmation(page, english)
    })

    test('who refuses at the bank is told so before the house hears of it, and pays the same order', async () => {
      const page = await come()
      await reachCard(page)
      const intents = stripe.created.length
      await giveCard(page, bankCard)
      await page.getByRole('link', { name: 'refuse' }).click()
      await page.getByRole('heading', { name: /^Pay order/ }).waitFor()
      await page.getByText('The payment was declined').waitFor()
      await cardField(page).waitFor()
      await giveCard(page, goodCard)
      await page.getByRole('heading', { name: english.waiting }).waitFor()
      expect(await tell('payment_intent.succeeded')).toBe(200)
      await readConfirmation(page, english)
      expect(stripe.created).toHaveLength(intents)
    })

    test.each(otherPages)('%s allows nothing but the house’s own', async (path) => {
      const response = await fetch(`${house.url}${path}`)
      await response.arrayBuffer()
      const policy = response.headers.get('content-security-policy') ?? ''
      expect(policy).toContain("script-src 'self' 'nonce-")
      expect(policy).not.toMatch(/https?:|wss?:|\*|unsafe-eval|stripe/)
    })
  })
})

async function reachPaymentStep(page: Page): Promise<void> {
  await browseAndAdd(page, english)
  await page.getByRole('link', { name: english.checkout, exact: true }).click()
  await page.getByLabel(english.email, { exact: true }).fill(`guest-${randomUUID()}@shopper.example`)
  await page.getByRole('button', { name: english.next, exact: true }).click()
  await fillAddress(page, english)
  await page.getByRole('button', { name: 'Hold the pieces' }).waitFor()
}

/** To the order's own page with the card form on it; resolves to the page's policy. */
async function reachCard(page: Page): Promise<string> {
  await reachPaymentStep(page)
  const loaded = page.waitForResponse(
    (response) =>
      /\/orders\/[0-9a-f-]+\/pay$/.test(response.url()) && response.request().isNavigationRequest(),
  )
  await page.getByRole('button', { name: 'Hold the pieces' }).click()
  const policy = (await (await loaded).headerValue('content-security-policy')) ?? ''
  await cardField(page).waitFor()
  return policy
}

async function openCard(page: Page): Promise<void> {
  await page.reload()
  await cardField(page).waitFor()
}

function directivesOf(policy: string): Record<string, string> {
  return Object.fromEntries(
    policy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ')
      return [name, sources.join(' ')]
    }),
  )
}

function cardField(page: Page) {
  return page.frameLocator('iframe[title="Secure payment input frame"]').getByLabel('Card number')
}

async function giveCard(page: Page, number: string): Promise<void> {
  await cardField(page).fill(number)
  await page.getByRole('button', { name: english.pay }).click()
}
