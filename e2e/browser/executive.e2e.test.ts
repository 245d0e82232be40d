import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { eventually } from '../door.ts'
import { buyBag } from './buying.ts'
import { enter } from './enter.ts'
import { inBrowser } from './in-browser.ts'
import { openTill, putOnSale, takeCash } from './selling.ts'
import { english } from './store-words.ts'

/** How many orders the page counts for a channel today. */
async function ordersOf(page: Page, channel: string): Promise<number> {
  const row = page.getByRole('listitem').filter({ hasText: new RegExp(`^${channel}`) })
  if ((await row.count()) === 0) return 0
  return Number(/([\d,]+) orders?/.exec(await row.innerText())?.[1]?.replace(',', ''))
}

inBrowser('an executive', (visit) => {
  test(
    'sees the web order and the cash sale, without asking for the page again',
    { timeout: 120_000 },
    async () => {
      const insights = await visit()
      await enter(insights, '/insights', 'executive')
      await insights.getByRole('link', { name: 'Today' }).click()
      await insights.getByRole('link', { name: 'Today' }).and(insights.locator('[aria-current]')).waitFor()
      await insights.getByRole('img', { name: /^Sales by day in/ }).waitFor()
      const before = { web: await ordersOf(insights, 'Web'), pos: await ordersOf(insights, 'Boutiques') }

      await buyBag(await visit(), english)
      const till = await visit()
      await openTill(till)
      await putOnSale(till, 'Minuit flap bag', 'Ivory')
      await takeCash(till, '4000')

      await eventually(async () => {
        const after = { web: await ordersOf(insights, 'Web'), pos: await ordersOf(insights, 'Boutiques') }
        expect(after).toEqual({ web: before.web + 1, pos: before.pos + 1 })
      })
      // A boutique's sales have the names of its own language.
      await insights.getByRole('listitem').filter({ hasText: 'Sac à rabat Minuit' }).waitFor()
    },
  )
})
