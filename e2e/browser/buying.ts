import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { eventually } from '../door.ts'
import type { StoreWords } from './store-words.ts'

// The way through the store, press by press, as somebody goes it who reads the page.

export const goodCard = '4242 4242 4242 4242'

/** From the home page to a bag in the shopping bag. */
export async function browseAndAdd(page: Page, words: StoreWords): Promise<void> {
  await page.goto(words.place)
  await page.getByRole('link', { name: words.seePieces, exact: true }).click()
  await page.getByRole('heading', { level: 1, name: words.collection, exact: true }).waitFor()
  await page.getByRole('main').getByRole('link', { name: words.bag, exact: true }).click()
  await page.getByRole('heading', { level: 1, name: words.bag, exact: true }).waitFor()
  await page.getByRole('button', { name: words.addToBag, exact: true }).click()
}

/** From the shopping bag, beside the page or as a page, through contact and address to the card. */
export async function goToPayment(page: Page, words: StoreWords): Promise<void> {
  await page.getByRole('link', { name: words.checkout, exact: true }).click()
  await page.getByLabel(words.email, { exact: true }).fill(`guest-${randomUUID()}@shopper.example`)
  await page.getByRole('button', { name: words.next, exact: true }).click()
  await fillAddress(page, words)
  await page.getByLabel(words.cardNumber, { exact: true }).waitFor()
}

export async function fillAddress(page: Page, words: StoreWords): Promise<void> {
  for (const [label, value] of words.address) await page.getByLabel(label, { exact: true }).fill(value)
  await page.getByRole('button', { name: words.next, exact: true }).click()
}

export async function payWith(page: Page, words: StoreWords, card: string): Promise<void> {
  await page.getByLabel(words.cardNumber, { exact: true }).fill(card)
  await page.getByLabel(words.expiry, { exact: true }).fill('12/39')
  await page.getByLabel(words.securityCode, { exact: true }).fill('123')
  await page.getByRole('button', { name: words.pay }).click()
}

/** Waits for the thanks and resolves to the order's number. A page without a script is asked again by its link. */
export async function readConfirmation(page: Page, words: StoreWords): Promise<string> {
  const thanks = page.getByRole('heading', { level: 1, name: words.thanks, exact: true })
  const waiting = page.getByRole('heading', { level: 1, name: words.waiting, exact: true })
  await thanks.or(waiting).waitFor()
  const again = page.getByRole('link', { name: words.lookAgain, exact: true })
  await eventually(async () => {
    if (await thanks.isVisible()) return
    if (await again.isVisible()) await again.click()
    throw new Error('The order is not confirmed')
  })
  const text = await page.getByText(words.orderNumber).first().innerText()
  const [number] = words.orderNumber.exec(text) ?? []
  if (number === undefined) throw new Error(`No order number in "${text}"`)
  return number
}

/** The whole way; resolves to the order's number. */
export async function buyBag(page: Page, words: StoreWords): Promise<string> {
  await browseAndAdd(page, words)
  await goToPayment(page, words)
  await payWith(page, words, goodCard)
  return readConfirmation(page, words)
}
