// `npm run pictures -- http://localhost:4000`: takes the pictures of the README from a running house, best a fresh one.
// Buys and sells a few things first, so that the till and the figures have something to show.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { buyBag } from '#e2e/browser/buying.ts'
import { enter } from '#e2e/browser/enter.ts'
import { openBrowser } from '#e2e/browser/open-browser.ts'
import { openTill, putOnSale, takeCash } from '#e2e/browser/selling.ts'
import { english } from '#e2e/browser/store-words.ts'
import { eventually } from '#e2e/door.ts'

const folder = join(import.meta.dirname, 'pictures')
const baseURL = process.argv[2] ?? 'http://localhost:4000'

function visit(browser: Browser): Promise<Page> {
  return browser.newPage({ baseURL, locale: 'en-GB', viewport: { width: 1280, height: 800 } })
}

/** Those below the screen are loaded when somebody comes near them. */
const everyPictureIsShown = `[...document.images].every(
  (image) => image.getBoundingClientRect().top > innerHeight || (image.complete && image.naturalWidth > 0))`

/** What is on the screen, once every picture on it has arrived. */
async function take(page: Page, name: string): Promise<void> {
  await eventually(async () => {
    if (!(await page.evaluate<boolean>(everyPictureIsShown))) throw new Error('A picture is missing')
  })
  await page.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality: 80 })
  process.stdout.write(`  docs/pictures/${name}.jpg\n`)
}

async function takeStore(browser: Browser): Promise<void> {
  const page = await visit(browser)
  await page.goto('/en/gb')
  await take(page, 'store')
}

async function takeTill(browser: Browser): Promise<void> {
  const page = await visit(browser)
  await openTill(page)
  await putOnSale(page, 'Heure Claire bag', 'Black')
  await takeCash(page, '3500')
  await page.getByRole('button', { name: 'Next customer' }).click()
  await putOnSale(page, 'Minuit flap bag', 'Ivory')
  await page.getByRole('link', { name: 'Bags', exact: true }).click()
  await page.getByRole('button', { name: 'Vertige bag' }).waitFor()
  await take(page, 'till')
}

async function takeInsights(browser: Browser): Promise<void> {
  await buyBag(await visit(browser), english)
  const page = await visit(browser)
  await enter(page, '/insights', 'executive')
  await page.goto('/insights?range=7')
  await page.getByText('Boutiques').waitFor()
  await take(page, 'insights')
}

const browser = await openBrowser()
try {
  await mkdir(folder, { recursive: true })
  await takeStore(browser)
  await takeTill(browser)
  await takeInsights(browser)
} finally {
  await browser.close()
}
