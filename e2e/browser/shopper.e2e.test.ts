import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { eventually } from '../door.ts'
import { browseAndAdd, buyBag, goodCard, goToPayment, payWith, readConfirmation } from './buying.ts'
import { inBrowser } from './in-browser.ts'
import { english, french, japanese } from './store-words.ts'

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

inBrowser('a shopper', (visit) => {
  test.each([
    ['in French at a desk', french, {}],
    ['in Japanese on a phone', japanese, phone],
    ['in French without a script', french, { javaScriptEnabled: false }],
    ['in Japanese on a phone without a script', japanese, { ...phone, javaScriptEnabled: false }],
  ])('buys a bag as a guest %s', async (_, words, options) => {
    const page = await visit(options)
    const number = await buyBag(page, words)
    await page.getByText(words.bag).waitFor()
    expect(number).toMatch(words.orderNumber)
  })

  test('is told that a card was declined, and pays with another one', async () => {
    const page = await visit()
    await browseAndAdd(page, english)
    await goToPayment(page, english)
    await payWith(page, english, '4000 0000 0000 0002')
    await page.getByText('The payment was declined').waitFor()
    await page.getByText('Your bank declined the card').waitFor()
    await page.getByText('Nothing was charged.').waitFor()
    await payWith(page, english, goodCard)
    await readConfirmation(page, english)
  })

  test('signs up, confirms the address by the mail, and finds the pieces of both bags', async () => {
    const email = `ada-${randomUUID()}@shopper.example`
    const password = 'four plain words here'
    const page = await visit()
    await browseAndAdd(page, english)
    await page.getByRole('link', { name: english.checkout }).waitFor()
    await page.goto(`${english.place}/sign-up`)
    await page.getByLabel('First name').fill('Ada')
    await page.getByLabel('Last name').fill('Marlow')
    await page.getByLabel('E-mail address').fill(email)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Make account' }).click()
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
    await page.getByRole('link', { name: 'mailbox page' }).click()

    const letter = page.getByRole('link').filter({ hasText: email })
    await eventually(async () => {
      if (await letter.isVisible()) return
      await page.reload()
      throw new Error('No letter arrived')
    })
    await letter.click()
    await page.frameLocator('iframe').getByRole('link', { name: 'Confirm address' }).click()
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('heading', { name: 'Good to see you, Ada' }).waitFor()
    await page.getByRole('link', { name: 'Bag, 1 piece' }).waitFor()

    // The same person on another device, with something else in a bag of nobody's.
    const other = await visit()
    await other.goto(`${english.place}/products/heure-claire-bag`)
    await other.getByRole('button', { name: english.addToBag }).click()
    await other.getByRole('link', { name: english.checkout }).waitFor()
    await other.goto(`${english.place}/sign-in`)
    await other.getByLabel('E-mail address').fill(email)
    await other.getByLabel('Password').fill(password)
    await other.getByRole('button', { name: 'Sign in' }).click()
    await other.getByRole('heading', { name: 'Good to see you, Ada' }).waitFor()
    await other.goto(`${english.place}/cart`)
    const bag = other.getByRole('main')
    await bag.getByRole('link', { name: english.bag }).waitFor()
    await bag.getByRole('link', { name: 'Heure Claire bag' }).waitFor()
  })
})
