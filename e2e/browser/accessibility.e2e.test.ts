import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { browseAndAdd, buyBag, fillAddress } from './buying.ts'
import { enter } from './enter.ts'
import { findFaults, sidewaysBy } from './faults.ts'
import { inBrowser } from './in-browser.ts'
import { openTill, putOnSale } from './selling.ts'
import { english, french, japanese, type StoreWords } from './store-words.ts'

const phone = { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true }

/** No fault on the page that shows this heading, and nothing to push sideways. */
async function expectFine(page: Page, heading: string | RegExp): Promise<void> {
  await page.getByRole('heading', { name: heading }).first().waitFor()
  expect(await findFaults(page)).toEqual([])
  expect(await sidewaysBy(page)).toBe(0)
}

/** All of the store's pages in the order of a visit. */
async function visitStore(page: Page, words: StoreWords): Promise<void> {
  await browseAndAdd(page, words)
  await page.getByRole('link', { name: words.checkout, exact: true }).waitFor()
  await expectFine(page, words.bag)
  await page.goto(words.place)
  await expectFine(page, /.+/)
  await page.getByRole('link', { name: words.seePieces, exact: true }).click()
  await expectFine(page, words.collection)
  await page.goto(`${words.place}/search?q=${encodeURIComponent(words.bag)}`)
  await page.getByRole('main').getByRole('link', { name: words.bag, exact: true }).waitFor()
  await expectFine(page, words.bag)
  for (const path of [
    '/products/heure-claire-bag',
    '/sign-in',
    '/sign-up',
    '/cart',
    '/checkout',
    '/no-such-page',
  ]) {
    await page.goto(`${words.place}${path}`)
    await expectFine(page, /.+/)
  }
  await page.goto(`${words.place}/checkout`)
  await page.getByLabel(words.email, { exact: true }).fill('axe@shopper.example')
  await page.getByRole('button', { name: words.next, exact: true }).click()
  await page.getByLabel(words.address[0][0], { exact: true }).waitFor()
  await expectFine(page, /.+/)
  await fillAddress(page, words)
  await page.getByLabel(words.cardNumber, { exact: true }).waitFor()
  await expectFine(page, /.+/)
}

inBrowser('a page without barriers', (visit) => {
  test.each([
    ['in English at a desk', english, {}],
    ['in French on the narrowest phone', french, phone],
    ['in Japanese on the narrowest phone', japanese, phone],
  ])('is every page of the store %s', { timeout: 180_000 }, async (_, words, options) => {
    await visitStore(await visit(options), words)
  })

  test('is the confirmation and the order after it', async () => {
    const page = await visit(phone)
    await buyBag(page, english)
    await expectFine(page, english.thanks)
    await page.getByRole('link', { name: 'See your orders' }).click()
    await expectFine(page, /^Order FR-/)
  })

  test('is the till, from the choice of the till to the cash', { timeout: 120_000 }, async () => {
    const page = await visit()
    await openTill(page)
    await expectFine(page, 'Till PAR-01-1')
    await putOnSale(page, 'Vertige bag', 'Ebony')
    await expectFine(page, 'Till PAR-01-1')
    await page.getByRole('button', { name: 'Take cash' }).click()
    await expectFine(page, 'Cash')
    await page.goto('/pos')
    await expectFine(page, 'Which till is this?')
    await page.goto('/pos/PAR-01-1/cash')
    await expectFine(page, 'Cash of PAR-01-1')
    await page.goto('/pos/PAR-01-1/receipts')
    await expectFine(page, 'Print a receipt again')
  })

  test.each([
    ['executive', '/insights', ['Sales']],
    ['courier', '/courier', [/parcel|Nothing to bring/i]],
    ['merchandiser', '/merchandise', ['Imports']],
    ['manager', '/stock', ['Stock']],
  ] as const)('is what the %s sees', async (person, path, headings) => {
    const page = await visit()
    await enter(page, path, person)
    for (const heading of headings) await expectFine(page, heading)
  })

  test('is every list of the support desk and one order', { timeout: 120_000 }, async () => {
    const page = await visit()
    await enter(page, '/support', 'support')
    await expectFine(page, /^(Failed payments|No payment failed)$/)
    for (const [path, heading] of [
      ['cases', /^(Payment cases|No payment needs you)$/],
      ['events', 'Event log'],
      ['orders', 'Orders'],
    ] as const) {
      await page.goto(`/support/${path}`)
      await expectFine(page, heading)
    }
    const number = page.getByRole('link', { name: /^[A-Z]{2}-\d+$/ }).first()
    if (!(await number.isVisible())) return
    await number.click()
    await expectFine(page, 'What happened')
  })
})
