import { test } from 'vitest'
import { inBrowser } from './in-browser.ts'
import { openTill, putOnSale, takeCash } from './selling.ts'

inBrowser('a clerk', (visit) => {
  test('opens the till, sells for cash, sees the change and the receipt', async () => {
    const page = await visit()
    await openTill(page)
    await putOnSale(page, 'Heure Claire bag', 'Black')
    const number = await takeCash(page, '3500')
    await page.getByRole('status').getByText('€300.00').waitFor()

    await page.getByRole('link', { name: 'Receipt', exact: true }).click()
    const receipt = page.getByRole('article')
    await receipt.getByRole('heading', { name: number }).waitFor()
    await receipt.getByText('MA-103-NOI').waitFor()
    for (const sum of ['Total', 'Tax included', 'Cash given', 'Change']) {
      await receipt
        .getByRole('term')
        .filter({ hasText: new RegExp(`^${sum}$`) })
        .waitFor()
    }
    await receipt.getByRole('definition').filter({ hasText: '€3,500.00' }).waitFor()
    await receipt.getByRole('definition').filter({ hasText: '€300.00' }).waitFor()
    await page.getByRole('link', { name: 'Next customer' }).click()
    await page.getByRole('heading', { name: 'Next customer' }).waitFor()
  })
})
